import type { Sequence } from './text-model.js'
import type { AlignedTokenizer } from './tokenizer.js'

/** The model's input for one text. */
export function textSequence({ special }: AlignedTokenizer, ids: readonly number[]): Sequence {
  return { ids: [...special.before, ...ids, ...special.after] }
}

/** The model's input for a pair of texts. */
export function pairSequence(
  { special }: AlignedTokenizer,
  first: readonly number[],
  second: readonly number[],
): Sequence {
  const head = [...special.before, ...first, ...special.between]
  const tail = [...second, ...special.afterPair]
  return {
    ids: [...head, ...tail],
    segments: [...head.map(() => 0), ...tail.map(() => special.secondSegment)],
  }
}
