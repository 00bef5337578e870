import type { Tensor } from '../../../inference/session.js'
import type { DecoderLayout } from '../model/decoder-layout.js'
import type { LowResMask } from '../model/sam-model.js'
import { floatsOf } from '../model/tensors.js'

/** One mask that a decoder offers: logits with their predicted IoU. The logits are a view of the decoder's output. */
export interface Offer {
  readonly score: number
  readonly lowRes: LowResMask
}

/** What a decoder offers for each of some prompts, in the order of its outputs. */
export function readMasks(
  outputs: Readonly<Record<string, Tensor>>,
  layout: DecoderLayout,
  prompts: number,
): Offer[][] {
  const scores = outputs[layout.scores]
  const masks = outputs[layout.masks]
  if (scores === undefined || masks === undefined) return []
  const [height = 0, width = 0] = masks.dims.slice(-2)
  const values = floatsOf(scores)
  const logits = floatsOf(masks)
  const each = values.length / prompts
  return Array.from({ length: prompts }, (_, prompt) =>
    Array.from({ length: each }, (_, i) => {
      const at = prompt * each + i
      const data = logits.subarray(at * width * height, (at + 1) * width * height)
      return { score: Math.min(1, Math.max(0, values[at] ?? 0)), lowRes: { width, height, data } }
    }),
  )
}
