/** A word of a text; offsets are UTF-16 units. */
export interface Word {
  readonly text: string
  readonly start: number
  readonly end: number
}

/** Python's `\w+(?:[-_]\w+)*|\S`, by which the package cuts texts; its `\w` and `\s` are not JavaScript's. */
const WORD = '[\\p{L}\\p{N}_]'
const SPACE = '\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000'
const WORDS = new RegExp(`${WORD}+(?:[-_]${WORD}+)*|[^${SPACE}]`, 'gu')

/** Cuts a text into words and single signs, as the package's `whitespace` splitter does. */
export function wordsOf(text: string): Word[] {
  return Array.from(text.matchAll(WORDS), ({ 0: word, index }) => ({
    text: word,
    start: index,
    end: index + word.length,
  }))
}
