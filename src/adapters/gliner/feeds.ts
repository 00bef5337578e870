import type { Tensor } from '../../inference/session.js'
import type { GlinerSequence } from './encode.js'

/** Inputs of the two layouts that `export_to_onnx` of the package writes; the last two only where spans are scored. */
export const TOKEN_INPUTS = ['input_ids', 'attention_mask', 'words_mask', 'text_lengths'] as const
export const SPAN_INPUTS = [...TOKEN_INPUTS, 'span_idx', 'span_mask'] as const

/**
 * The tensors of a batch. Shapes: `[batch, tokens]` for the first three, `[batch, 1]` for `text_lengths`,
 * `[batch, words × maxWidth, 2]` and `[batch, words × maxWidth]` for the spans (first and last word of each).
 */
export function feedsOf(
  batch: readonly GlinerSequence[],
  padId: number,
  maxWidth: number | undefined,
): Record<string, Tensor> {
  const width = Math.max(...batch.map(({ ids }) => ids.length))
  const rows = (valuesOf: (sequence: GlinerSequence) => readonly number[], pad: number): Tensor => {
    const data = new BigInt64Array(batch.length * width).fill(BigInt(pad))
    batch.forEach((sequence, row) => {
      data.set(valuesOf(sequence).map(BigInt), row * width)
    })
    return { type: 'int64', dims: [batch.length, width], data }
  }
  return {
    input_ids: rows(({ ids }) => ids, padId),
    attention_mask: rows(({ ids }) => ids.map(() => 1), 0),
    words_mask: rows(({ wordsMask }) => wordsMask, 0),
    text_lengths: {
      type: 'int64',
      dims: [batch.length, 1],
      data: BigInt64Array.from(batch, ({ words }) => BigInt(words)),
    },
    ...(maxWidth === undefined ? {} : spansOf(batch, maxWidth)),
  }
}

function spansOf(batch: readonly GlinerSequence[], maxWidth: number): Record<'span_idx' | 'span_mask', Tensor> {
  const words = Math.max(...batch.map((sequence) => sequence.words))
  const count = words * maxWidth
  const places = new BigInt64Array(batch.length * count * 2)
  const mask = new Uint8Array(batch.length * count)
  batch.forEach((sequence, row) => {
    for (let span = 0; span < sequence.words * maxWidth; span++) {
      const first = Math.floor(span / maxWidth)
      const last = first + (span % maxWidth)
      places[(row * count + span) * 2] = BigInt(first)
      places[(row * count + span) * 2 + 1] = BigInt(last)
      if (last < sequence.words) mask[row * count + span] = 1
    }
  })
  return {
    span_idx: { type: 'int64', dims: [batch.length, count, 2], data: places },
    span_mask: { type: 'bool', dims: [batch.length, count], data: mask },
  }
}
