/** Controls that add to the regions of others: `<Labels>` beside a plain geometry tag, `<TextArea perRegion>`. */

import type { ControlTag, LabelingConfig, ObjectTag } from '../../config/index.js'

/** Geometry tags whose regions get their labels from a `<Labels>` on the same object. */
const UNLABELLED = new Set([
  'Rectangle',
  'Ellipse',
  'Polygon',
  'Vector',
  'KeyPoint',
  'Brush',
  'MagicWand',
  'Bitmask',
  'VideoRectangle',
])

/** The control whose labels name the regions of `control`; itself, or a `<Labels>`; undefined when nothing does. */
export function labelSource(config: LabelingConfig, control: ControlTag, object: ObjectTag): ControlTag | undefined {
  if (!UNLABELLED.has(control.tag)) return control
  return companions(config, object).find(({ tag }) => tag === 'Labels')
}

/** True when the label goes into the region's own value and not into a result of the `<Labels>` beside it. */
export function carriesLabels(control: ControlTag): boolean {
  return control.tag === 'VideoRectangle' || !UNLABELLED.has(control.tag)
}

/** The `<TextArea perRegion="true">` of the object that is asked of a region. */
export function regionText(
  config: LabelingConfig,
  object: ObjectTag,
  isAsked: (control: ControlTag) => boolean,
): ControlTag | undefined {
  return regionTexts(config, object).find(isAsked)
}

/** Every `<TextArea perRegion="true">` of the object, in document order. */
export function regionTexts(config: LabelingConfig, object: ObjectTag): ControlTag[] {
  return companions(config, object).filter(({ tag, perRegion }) => tag === 'TextArea' && perRegion)
}

function companions(config: LabelingConfig, object: ObjectTag): ControlTag[] {
  return [...config.controls.values()].filter(({ toName }) => toName.includes(object.name))
}
