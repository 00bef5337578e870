import type { EncodedWord } from './encode.js'

/** Words that one run of the model sees: indices into the text's words, end exclusive. */
export interface Stretch {
  readonly from: number
  readonly to: number
  /** A span is read here, and nowhere else, when its middle is from here … */
  readonly ownsFrom: number
  /** … to before here, in words. */
  readonly ownsTo: number
}

/** How long a stretch may be. */
export interface StretchLimits {
  readonly words: number
  readonly tokens: number
  /** Words that neighbouring stretches share. */
  readonly overlap: number
}

/**
 * Cuts the words of a long text into stretches that overlap. The middle of each overlap parts what its two stretches
 * answer for: a span that is shorter than the overlap is whole in exactly one of them, so that none is lost or doubled.
 */
export function stretchesOf(words: readonly Pick<EncodedWord, 'ids'>[], limits: StretchLimits): Stretch[] {
  const cuts: { from: number; to: number }[] = []
  let from = 0
  while (from < words.length) {
    const to = endOf(words, from, limits)
    cuts.push({ from, to })
    if (to === words.length) break
    from = Math.max(to - limits.overlap, from + Math.ceil((to - from) / 2))
  }
  const border = (left: number) => {
    const [before, after] = [cuts[left], cuts[left + 1]]
    if (before === undefined) return 0
    return after === undefined ? Number.POSITIVE_INFINITY : (before.to + after.from) / 2
  }
  return cuts.map((cut, index) => ({ ...cut, ownsFrom: border(index - 1), ownsTo: border(index) }))
}

function endOf(words: readonly Pick<EncodedWord, 'ids'>[], from: number, limits: StretchLimits): number {
  let to = from
  let tokens = 0
  while (to < words.length && to - from < limits.words) {
    tokens += words[to]?.ids.length ?? 0
    if (tokens > limits.tokens && to > from) break
    to++
  }
  return to
}
