import { PrelabelError } from '../../errors.js'
import type { MaskPixels } from '../findings.js'

/** An empty mask. */
export function emptyMask(width: number, height: number): MaskPixels {
  return { width, height, data: new Uint8Array(width * height) }
}

/** The area that a mask's bytes cover. */
export function maskCrop({ width, height, crop }: MaskPixels): NonNullable<MaskPixels['crop']> {
  return crop ?? { x: 0, y: 0, width, height }
}

/** The same mask with a byte for each pixel of its picture. */
export function wholeMask(mask: MaskPixels): MaskPixels {
  if (mask.crop === undefined) return mask
  checkMask(mask)
  const whole = emptyMask(mask.width, mask.height)
  const { x, y, width, height } = mask.crop
  for (let row = 0; row < height; row++)
    whole.data.set(mask.data.subarray(row * width, (row + 1) * width), (y + row) * mask.width + x)
  return whole
}

/** @throws PrelabelError `mask-size-mismatch` when the mask has not one byte for each pixel, or its crop lies outside */
export function checkMask(mask: MaskPixels): void {
  const { width, height, data } = mask
  const crop = maskCrop(mask)
  const isSound = [width, height, crop.x, crop.y, crop.width, crop.height].every(
    (size) => Number.isInteger(size) && size >= 0,
  )
  const isInside = crop.x + crop.width <= width && crop.y + crop.height <= height
  if (isSound && isInside && width > 0 && height > 0 && data.length === crop.width * crop.height) return
  const of = mask.crop ? ` of which ${crop.width}×${crop.height} from (${crop.x}, ${crop.y}) are given` : ''
  throw new PrelabelError(`a mask of ${width}×${height} pixels${of} cannot have ${data.length} bytes`, {
    code: 'mask-size-mismatch',
    hint: 'Give one byte for each pixel, row by row.',
  })
}

/** Runs of pixels that are given piece by piece: pieces of the same value that follow each other become one run. */
export function joinRuns(write: (count: number, value: number) => void) {
  let [pending, last, total] = [0, 0, 0]
  const add = (count: number, value: number) => {
    if (count === 0) return
    if (value !== last) {
      write(pending, last)
      ;[pending, last] = [0, value]
    }
    pending += count
    total += count
  }
  return {
    add,
    /** The pixels that are left are outside. */
    end(count: number): void {
      add(count - total, 0)
      write(pending, last)
    },
  }
}

/** Finds where a mask changes between outside (0) and inside (anything else). */
export interface RunScanner {
  /** The first index after `from`, at most `end`, at which the mask is not what it is at `from`. */
  nextChange(from: number, end: number): number
}

/** Skips sixteen pixels at a time where they are all alike. */
export function createRunScanner(data: Uint8Array): RunScanner {
  const words = wordsOf(data)
  return {
    nextChange(from, end) {
      const value = data[from] ?? 0
      let index = from + 1
      // Up to the first whole word pixel by pixel, then by words, and the rest pixel by pixel again.
      const wordsFrom = Math.min(end, (index + 3) & ~3)
      while (index < wordsFrom && (data[index] === 0) === (value === 0)) index++
      if (index < wordsFrom || index === end) return index
      index = endOfWords(words, index >> 2, end >> 2, Math.imul(value, 0x01010101)) << 2
      while (index < end && (data[index] === 0) === (value === 0)) index++
      return index
    },
  }
}

/** The first word from `at` on, at most `end`, that is not `word`. */
function endOfWords(words: Int32Array, from: number, end: number, word: number): number {
  let at = from
  while (
    at + 4 <= end &&
    words[at] === word &&
    words[at + 1] === word &&
    words[at + 2] === word &&
    words[at + 3] === word
  )
    at += 4
  while (at < end && words[at] === word) at++
  return at
}

/** The bytes four by four; a copy when they do not start at a multiple of four in their buffer. */
function wordsOf(data: Uint8Array): Int32Array {
  const count = data.length >> 2
  if (data.byteOffset % 4 === 0) return new Int32Array(data.buffer, data.byteOffset, count)
  return new Int32Array(data.slice().buffer, 0, count)
}

/** Number of pixels that are inside. */
export function maskArea({ data }: MaskPixels): number {
  const scanner = createRunScanner(data)
  let area = 0
  for (let from = 0; from < data.length; ) {
    const to = scanner.nextChange(from, data.length)
    if (data[from] !== 0) area += to - from
    from = to
  }
  return area
}
