import { isFinal, isQuery } from './heads/head-forms.js'
import type { YoloFile } from './recognise.js'

/** Options that a model does not heed, as its file tells. */
export function notesOf({ head, card }: Pick<YoloFile, 'head' | 'card'>): string[] {
  if (head === undefined || !(isFinal(head) || isQuery(head))) return []
  const idle = isFinal(head)
    ? '`iouThreshold`, `agnosticNms` and `multiLabel` change nothing'
    : '`iouThreshold` and `agnosticNms` change nothing'
  const inside = card.suppressed || head === 'batch-rows'
  return [
    inside
      ? `suppression is inside the model: ${idle}, and boxes below the confidence or beyond the number it was exported with never come`
      : `its boxes are not suppressed: ${idle}, and more than the model gives never come`,
  ]
}
