/** Tokens of a text by their offsets, as tokenizers give them, and spans of the text: from the one to the other. */

import { PrelabelError } from '../../errors.js'
import type { TextIndex, TextRange } from './text-index.js'

/** Tokens by number: `first` and `last`, both included. */
export interface TokenRange {
  readonly first: number
  readonly last: number
}

/** Between the tokens of a text and its stretches in UTF-16 units. Each look-up costs O(log n). */
export interface TokenIndex {
  /** How many tokens there are. */
  readonly tokens: number
  /**
   * The stretch that tokens cover, `last` included; undefined when all of them are empty, as special tokens are.
   *
   * @throws PrelabelError `offset-out-of-range` for numbers that no token has
   */
  tokenSpan(first: number, last: number): TextRange | undefined
  /** The tokens that lie in a stretch, in whole or in part; undefined when there is none. Empty tokens at its edges are left out. */
  tokensAt(start: number, end: number): TokenRange | undefined
}

/**
 * @param offsets start and end (exclusive) of each token in reading order; empty ones may stand anywhere
 * @param unit what they count: JavaScript string indices, or characters as Python's tokenizers do
 * @throws PrelabelError `offset-out-of-range` for an offset outside the text, or before that of an earlier token
 */
export function createTokenIndex(
  text: TextIndex,
  offsets: readonly (readonly [start: number, end: number])[],
  unit: 'utf16' | 'codePoint' = 'utf16',
): TokenIndex {
  const ranges: (TextRange & { readonly token: number })[] = []
  offsets.forEach(([from, to], token) => {
    if (from === to) return
    const [start, end] = unit === 'utf16' ? [from, to] : [text.fromCodePoint(from), text.fromCodePoint(to)]
    const before = ranges.at(-1) ?? { start: 0, end: 0 }
    if (!(start >= before.start && start < end && end >= before.end && end <= text.text.length))
      throw outOfRange(`token ${token}, from ${from} to ${to}, is not in the text after the tokens before it`)
    ranges.push({ start, end, token })
  })

  /** The place of the first range that fits; those that fit are the last ones. */
  function firstPlace(fits: (range: TextRange & { readonly token: number }) => boolean): number {
    let [low, high] = [0, ranges.length]
    while (low < high) {
      const middle = (low + high) >> 1
      const range = ranges[middle]
      if (range !== undefined && fits(range)) high = middle
      else low = middle + 1
    }
    return low
  }

  return {
    tokens: offsets.length,
    tokenSpan(first, last) {
      if (!(Number.isInteger(first) && Number.isInteger(last) && first >= 0 && first <= last && last < offsets.length))
        throw outOfRange(`there are no tokens ${first} to ${last} among ${offsets.length}`)
      const start = ranges[firstPlace(({ token }) => token >= first)]
      const end = ranges[firstPlace(({ token }) => token > last) - 1]
      return start === undefined || end === undefined || start.token > last
        ? undefined
        : { start: start.start, end: end.end }
    },
    tokensAt(start, end) {
      const first = ranges[firstPlace((range) => range.end > start)]
      const last = ranges[firstPlace((range) => range.start >= end) - 1]
      return first === undefined || last === undefined || first.token > last.token
        ? undefined
        : { first: first.token, last: last.token }
    },
  }
}

function outOfRange(message: string): PrelabelError {
  return new PrelabelError(message, {
    code: 'offset-out-of-range',
    hint: 'Check what the offsets count (UTF-16 units or code points) and of which text; numbers of tokens count from 0.',
  })
}
