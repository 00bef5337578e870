import type { ControlTag } from '../../../config/labeling-config.js'
import type { Detection, Finding, Mask } from '../../../results/findings.js'
import { rectangleToBox } from '../../../results/geometry/index.js'
import type { Prompt, PromptKind } from '../../../results/read/prompt.js'
import type { InteractiveContext } from '../../adapter.js'

/** What may be drawn to be asked about: things in pictures that a suggestion shows just as they were drawn. */
export const DRAWN: readonly PromptKind[] = ['rectangle', 'brush', 'bitmask']

/**
 * What an annotator drew, as if it had been found. The editor sends all regions of the same kind and label along, so those
 * that have answers already are left alone: a suggestion would take the place of what people corrected.
 *
 * @param asked the controls that hold answers
 */
export function drawnRegions({ prompts, results }: InteractiveContext, asked: readonly ControlTag[]): Finding[] {
  const answered = new Set(
    results.flatMap(({ id, from_name: from }) => (asked.some(({ name }) => name === from) ? [id] : [])),
  )
  return prompts.flatMap((prompt) => {
    const [label] = prompt.labels
    const region = label === undefined || answered.has(prompt.id) ? undefined : regionOf(prompt, label)
    return region === undefined
      ? []
      : [{ ...region, ...(prompt.itemIndex === undefined ? {} : { itemIndex: prompt.itemIndex }) }]
  })
}

function regionOf({ shape }: Prompt, label: string): Detection | Mask | undefined {
  switch (shape.kind) {
    case 'rectangle':
      // Of a picture of 100 × 100, so that pixels stay pixels.
      return { kind: 'detection', label, box: rectangleToBox(shape, { width: 100, height: 100 }), unit: shape.unit }
    case 'brush':
    case 'bitmask':
      return { kind: 'mask', label, mask: shape.mask }
    default:
      return undefined
  }
}
