import type { TextRange } from '../../results/text/index.js'

/** A text as a model reads it, and the way back to the text that the editor counts. */
export interface ReadingText {
  readonly text: string
  /** Where a stretch of `text` stands in the original: in one piece, or in several when it reaches over borders. */
  placesOf(start: number, end: number): TextRange[]
  /** Where a stretch of the original, of one character or more, stands in `text`. */
  rangeOf(start: number, end: number): TextRange
}

/**
 * Puts a line break at every border that has no white space on either side: `<p>a</p><p>b</p>` is `ab` to the editor, and
 * a model would read one word.
 *
 * @param borders offsets in the text that no word reaches over, rising
 */
export function readingText(text: string, borders: readonly number[] = []): ReadingText {
  if (borders.length === 0)
    return { text, placesOf: (start, end) => [{ start, end }], rangeOf: (start, end) => ({ start, end }) }
  const pieces: { readonly at: number; readonly start: number; readonly text: string }[] = []
  let written = ''
  for (const [index, start] of [0, ...borders].entries()) {
    const piece = text.slice(start, borders[index])
    if (/\S$/.test(written) && /^\S/.test(piece)) written += '\n'
    pieces.push({ at: written.length, start, text: piece })
    written += piece
  }
  const toWritten = (offset: number) => {
    const piece = pieces.findLast(({ start }) => start <= offset)
    return piece === undefined ? offset : piece.at + offset - piece.start
  }
  return {
    text: written,
    placesOf(start, end) {
      const touched = pieces.filter(({ at, text: piece }) => at < end && at + piece.length > start)
      return touched.flatMap(({ at, start: from, text: piece }) => {
        const [first, last] = [Math.max(start - at, 0), Math.min(end - at, piece.length)]
        const place = { start: from + first, end: from + last }
        return touched.length === 1 ? [place] : trimmed(piece.slice(first, last), place)
      })
    },
    rangeOf: (start, end) => ({ start: toWritten(start), end: toWritten(end - 1) + 1 }),
  }
}

function trimmed(text: string, { start, end }: TextRange): TextRange[] {
  const [before, after] = [text.length - text.trimStart().length, text.length - text.trimEnd().length]
  return before === text.length ? [] : [{ start: start + before, end: end - after }]
}
