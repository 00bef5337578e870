import type { ControlTag, ObjectTag } from '../../config/index.js'
import type { FindingKind } from '../findings.js'
import { drawsBoxes, drawsOutlines } from './render-outline.js'

/** True when results of the control can show findings of that kind about the object. */
export function canShow(kind: FindingKind, control: ControlTag, object: ObjectTag): boolean {
  const { tag, perRegion } = control
  // What a per-region control says needs a region to say it of.
  if (perRegion) return false
  const on = (...objects: string[]) => objects.includes(object.tag)
  switch (kind) {
    case 'detection':
    case 'mask':
      return drawsOutlines(tag)
    case 'pose':
      return drawsBoxes(tag) || tag === 'KeyPoint' || tag === 'KeyPointLabels'
    case 'span':
      if (tag === 'Labels') return on('Text', 'HyperText')
      return tag === 'HyperTextLabels' ? on('HyperText') : tag === 'ParagraphLabels'
    case 'segment':
      return tag === 'Labels' ? on('Audio', 'AudioPlus') : tag === 'TimeSeriesLabels'
    case 'timeline':
      return tag === 'TimelineLabels'
    case 'track':
      return tag === 'VideoRectangle'
    default:
      return canAnswer(kind, control)
  }
}

/** True when the control can hold answers of that kind, whatever they are about: a whole object, or a region where it is `perRegion`. */
export function canAnswer(kind: FindingKind, { tag, attributes }: ControlTag): boolean {
  switch (kind) {
    case 'classification':
      return tag === 'Choices' || (tag === 'Taxonomy' && attributes.labeling !== 'true')
    case 'text':
      return tag === 'TextArea'
    case 'number':
      return tag === 'Number' || tag === 'Rating'
    case 'datetime':
      return tag === 'DateTime'
    case 'preference':
      return tag === 'Pairwise'
    case 'ranking':
      return tag === 'Ranker'
    default:
      return false
  }
}
