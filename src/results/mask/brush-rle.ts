/**
 * Label Studio's brush strokes: the RGBA bytes of a mask, run-length packed in bits, as JSON numbers in `value.rle`.
 *
 * Stream, most significant bit first: 32 bits number of values N (width × height × 4); 5 bits word size − 1; four times
 * 4 bits run width − 1; then blocks until N values are there: 1 bit (1 run, 0 literals), 2 bits index of the run width,
 * count − 1 in that width, and one value for a run or `count` values. Format: `@thi.ng/rle-pack`.
 */

import { PrelabelError } from '../../errors.js'
import type { MaskPixels } from '../findings.js'
import { checkMask, createRunScanner, joinRuns, maskCrop } from './mask-pixels.js'

const RUN_WIDTHS = [3, 4, 8, 16] as const
const LONGEST_RUN = 65_536

export interface EncodeBrushOptions {
  /**
   * `solid`: every pixel that is inside becomes 255, so that a mask of 0 and 1 is seen in the editor. `alpha`: the
   * mask's own bytes are how opaque the stroke is.
   * @default 'solid'
   */
  readonly values?: 'solid' | 'alpha'
}

/**
 * A mask → the numbers of `value.rle` (with `format: 'rle'`). Bytes are those of `@thi.ng/rle-pack`, which the editor
 * itself writes with; the Python SDK's differ only in padding and in the width of what is left of very long runs.
 *
 * @throws PrelabelError `mask-size-mismatch`
 */
export function encodeBrush(mask: MaskPixels, { values = 'solid' }: EncodeBrushOptions = {}): number[] {
  checkMask(mask)
  const { data, width, height } = mask
  const crop = maskCrop(mask)
  const out = createBitWriter(width * height * 4)
  const runs = joinRuns((count, value) => out.writeRun(count * 4, value))
  const scanner = createRunScanner(data)
  // Rows that go from edge to edge follow one another without a gap.
  const gap = width - crop.width
  const line = gap === 0 ? data.length : crop.width
  runs.add(crop.y * width + crop.x, 0)
  for (let start = 0; start < data.length; start += line) {
    if (start > 0) runs.add(gap, 0)
    const end = start + line
    for (let from = start; from < end; ) {
      const value = data[from] ?? 0
      const to = values === 'solid' ? scanner.nextChange(from, end) : endOfEqual(data, from, end)
      runs.add(to - from, values === 'solid' && value !== 0 ? 255 : value)
      from = to
    }
  }
  runs.end(width * height)
  return out.finish()
}

function endOfEqual(data: Uint8Array, from: number, end: number): number {
  const value = data[from]
  let index = from + 1
  while (index < end && data[index] === value) index++
  return index
}

function createBitWriter(values: number) {
  let bytes = new Uint8Array(1024)
  let length = 0
  let pending = 0
  let pendingBits = 0

  /** At most 24 bits at a time. */
  function write(value: number, bits: number): void {
    pending = (pending << bits) | value
    pendingBits += bits
    while (pendingBits >= 8) {
      pendingBits -= 8
      bytes[length++] = pending >>> pendingBits
    }
    pending &= (1 << pendingBits) - 1
  }

  write(values >>> 16, 16)
  write(values & 0xffff, 16)
  write(8 - 1, 5)
  for (const width of RUN_WIDTHS) write(width - 1, 4)

  return {
    writeRun(count: number, value: number): void {
      for (let left = count; left > 0; left -= LONGEST_RUN) {
        if (length + 8 > bytes.length) bytes = doubled(bytes)
        const more = Math.min(left, LONGEST_RUN) - 1
        if (more < 8) write((0b100 << 3) | more, 6)
        else if (more < 16) write((0b101 << 4) | more, 7)
        else if (more < 256) write((0b110 << 8) | more, 11)
        else write((0b111 << 16) | more, 19)
        write(value, 8)
      }
    },
    finish(): number[] {
      if (pendingBits > 0) write(0, 8 - pendingBits)
      // `Array.from` goes through an iterator, at six times the cost.
      const numbers = new Array<number>(length)
      for (let index = 0; index < length; index++) numbers[index] = bytes[index] ?? 0
      return numbers
    },
  }
}

function doubled(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const larger = new Uint8Array(bytes.length * 2)
  larger.set(bytes)
  return larger
}

/**
 * The numbers of `value.rle` → a mask with the alpha of each pixel, which alone the editor looks at. Takes what any
 * writer makes: literals, other run widths, bytes after the end.
 *
 * @param width `original_width` of the result
 * @param height `original_height` of the result
 * @throws PrelabelError `brush-size-mismatch` when the stream is for a picture of another size; `broken-brush` when it
 *   is not such a stream or ends too early
 */
export function decodeBrush(rle: ArrayLike<number>, width: number, height: number): MaskPixels {
  const read = createBitReader(toBytes(rle))
  const total = read(16) * 65_536 + read(16)
  const wordSize = read(5) + 1
  const widths = [read(4) + 1, read(4) + 1, read(4) + 1, read(4) + 1]
  if (wordSize !== 8) throw broken(`its values have ${wordSize} bits, not 8`)
  if (total !== width * height * 4) {
    throw new PrelabelError(
      `the brush stroke holds ${total} values, but a picture of ${width}×${height} needs ${width * height * 4}`,
      {
        code: 'brush-size-mismatch',
        hint: 'original_width and original_height must be the size of the mask.',
      },
    )
  }
  const data = new Uint8Array(width * height)
  for (let at = 0; at < total; ) {
    const isRun = read(1) === 1
    const count = read(widths[read(2)] ?? 0) + 1
    const end = at + count
    if (end > total) throw broken('a run goes past the end of the picture')
    // Pixel p has its alpha at 4p + 3: inside [at, end) are those of the pixels from at / 4 up to end / 4.
    if (isRun) {
      const value = read(8)
      if (value !== 0) fillRun(data, value, at >> 2, end >> 2)
      at = end
    } else {
      for (; at < end; at++) {
        const value = read(8)
        if ((at & 3) === 3) data[at >> 2] = value
      }
    }
  }
  return { width, height, data }
}

/** `fill` costs a call into the engine, which short runs do not pay back. */
function fillRun(data: Uint8Array, value: number, from: number, to: number): void {
  if (to - from > 16) data.fill(value, from, to)
  else for (let index = from; index < to; index++) data[index] = value
}

function createBitReader(bytes: Uint8Array): (bits: number) => number {
  const end = bytes.length * 8
  let position = 0
  /** At most 16 bits at a time. */
  return (bits) => {
    const at = position >>> 3
    const three = ((bytes[at] ?? 0) << 16) | ((bytes[at + 1] ?? 0) << 8) | (bytes[at + 2] ?? 0)
    const value = (three >>> (24 - bits - (position & 7))) & ((1 << bits) - 1)
    position += bits
    if (position > end) throw broken('it ends too early')
    return value
  }
}

function toBytes(rle: ArrayLike<number>): Uint8Array {
  if (rle instanceof Uint8Array) return rle
  const bytes = new Uint8Array(rle.length)
  for (let index = 0; index < rle.length; index++) {
    const byte = rle[index] ?? -1
    if ((byte & 0xff) !== byte) throw broken(`number ${index} is ${byte}, not a byte`)
    bytes[index] = byte
  }
  return bytes
}

function broken(why: string): PrelabelError {
  return new PrelabelError(`the brush stroke cannot be read: ${why}`, {
    code: 'broken-brush',
    hint: 'value.rle must be the bytes of an RGBA mask packed with rle-pack; make it with encodeBrush.',
  })
}
