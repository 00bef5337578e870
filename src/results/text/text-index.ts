/**
 * One text, counted in three ways: UTF-16 units (JavaScript strings), code points (Python, Label Studio's `<Text>`) and
 * UTF-8 bytes (many tokenizers and models).
 */

import { PrelabelError } from '../../errors.js'

/** A stretch of a text, end exclusive, in UTF-16 units. */
export interface TextRange {
  readonly start: number
  readonly end: number
}

/**
 * Look-ups cost O(1) from UTF-16 units and O(log n) to them. An offset between the halves of a surrogate pair counts the
 * whole character, as the editor does. Lone surrogates are one code point and three bytes. `\r\n` is two characters.
 *
 * Every look-up throws PrelabelError `offset-out-of-range` for an offset that is not a whole number inside the text.
 */
export interface TextIndex {
  readonly text: string
  /** Length in code points. */
  readonly codePoints: number
  /** Length in UTF-8 bytes. */
  readonly bytes: number
  /** UTF-16 offset → code points before it: `[...text.slice(0, offset)].length`. */
  toCodePoint(offset: number): number
  /** Code points → UTF-16 offset. */
  fromCodePoint(codePoint: number): number
  /** UTF-16 offset → UTF-8 bytes before it. */
  toByte(offset: number): number
  /** UTF-8 bytes → UTF-16 offset; a byte inside a character gives that character's start. */
  fromByte(byte: number): number
  /** The text between two code points, as Python's `text[start:end]`. */
  sliceCodePoints(start: number, end: number): string
  /**
   * The n-th place (0-based) at which `quote` stands word for word, overlaps not counted; undefined when there is none.
   * A match that would cut a surrogate pair is not one.
   */
  findQuote(quote: string, occurrence?: number): TextRange | undefined
}

/** UTF-16 units between two marks of the running counts. */
const STRIDE = 64

/** Indexes a text in one pass; the index takes an eighth of a byte for each UTF-16 unit. */
export function createTextIndex(text: string): TextIndex {
  const codePoints = runningCount(text, codePointsAt)
  const bytes = runningCount(text, bytesAt)
  return {
    text,
    codePoints: codePoints.total,
    bytes: bytes.total,
    toCodePoint: codePoints.before,
    fromCodePoint: codePoints.offsetOf,
    toByte: bytes.before,
    fromByte: bytes.offsetOf,
    sliceCodePoints: (start, end) => text.slice(codePoints.offsetOf(start), codePoints.offsetOf(end)),
    findQuote: (quote, occurrence = 0) => findQuote(text, quote, occurrence),
  }
}

interface RunningCount {
  readonly total: number
  before(offset: number): number
  offsetOf(count: number): number
}

/** Counts `sizeAt` over the text, remembering the count before every STRIDE-th unit. */
function runningCount(text: string, sizeAt: (text: string, index: number) => number): RunningCount {
  const marks = new Uint32Array(Math.floor(text.length / STRIDE) + 1)
  let total = 0
  for (let index = 0; index < text.length; index++) {
    if (index % STRIDE === 0) marks[index / STRIDE] = total
    total += sizeAt(text, index)
  }
  if (text.length % STRIDE === 0) marks[text.length / STRIDE] = total
  const markAt = (index: number) => marks[index] ?? 0

  return {
    total,
    before(offset) {
      checkOffset(offset, text.length)
      const mark = Math.floor(offset / STRIDE)
      let count = markAt(mark)
      for (let index = mark * STRIDE; index < offset; index++) count += sizeAt(text, index)
      return count
    },
    offsetOf(count) {
      checkOffset(count, total)
      let low = 0
      let high = marks.length - 1
      while (low < high) {
        const middle = (low + high + 1) >> 1
        if (markAt(middle) <= count) low = middle
        else high = middle - 1
      }
      let index = low * STRIDE
      let reached = markAt(low)
      while (index < text.length) {
        reached += sizeAt(text, index)
        if (reached > count) break
        index++
      }
      return index
    },
  }
}

/** A pair counts at its first half, so the second half counts nothing. */
function codePointsAt(text: string, index: number): number {
  return isPair(text, index - 1) ? 0 : 1
}

function bytesAt(text: string, index: number): number {
  const unit = text.charCodeAt(index)
  if (unit < 0x80) return 1
  if (unit < 0x800) return 2
  if (isPair(text, index)) return 4
  return isPair(text, index - 1) ? 0 : 3
}

/** True when the units at `index` and after it are the two halves of one character. */
function isPair(text: string, index: number): boolean {
  return (text.charCodeAt(index) & 0xfc00) === 0xd800 && (text.charCodeAt(index + 1) & 0xfc00) === 0xdc00
}

function findQuote(text: string, quote: string, occurrence: number): TextRange | undefined {
  if (quote === '' || !(occurrence >= 0)) return undefined
  let left = occurrence
  let start = text.indexOf(quote)
  while (start !== -1) {
    const end = start + quote.length
    const whole = !isPair(text, start - 1) && !isPair(text, end - 1)
    if (whole && left-- === 0) return { start, end }
    start = text.indexOf(quote, whole ? end : start + 1)
  }
  return undefined
}

function checkOffset(offset: number, length: number): void {
  if (Number.isInteger(offset) && offset >= 0 && offset <= length) return
  throw new PrelabelError(`offset ${offset} is not in the text, which is ${length} long`, {
    code: 'offset-out-of-range',
    hint: 'Check what the offset counts (UTF-16 units, code points or bytes) and of which text.',
  })
}
