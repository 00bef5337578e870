/** BMP without compression, which sharp does not read: one colour of a palette, or blue, green and red, for each pixel. */

import type { Pixels } from './pixels.js'

/** What stands before the pixels of a BMP. */
export interface BmpHeader {
  readonly width: number
  readonly height: number
  /** Rows run from the bottom up, as they mostly do. */
  readonly isUpward: boolean
  /** Bits a pixel: 1, 4 and 8 are numbers of a palette, 24 and 32 are colours. */
  readonly bits: number
  /** Where the palette and the pixels begin; a colour of the palette takes three bytes or four. */
  readonly palette: { readonly start: number; readonly bytes: number }
  readonly start: number
}

const DEPTHS = new Set([1, 4, 8, 24, 32])
/** BI_RGB, and with masks (BI_BITFIELDS) only the usual ones. */
const [PLAIN, MASKED] = [0, 3]
const USUAL_MASKS = [0xff0000, 0xff00, 0xff]

export function isBmp(bytes: Uint8Array): boolean {
  return bytes[0] === 0x42 && bytes[1] === 0x4d && bytes.length > 26
}

/** @throws RangeError for a file that is cut short or of a kind that is not read */
export function readBmpHeader(bytes: Uint8Array): BmpHeader {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const size = view.getUint32(14, true)
  const start = view.getUint32(10, true)
  // A header of 12 bytes is that of OS/2.
  if (size === 12) {
    const [width, height, bits] = [view.getUint16(18, true), view.getUint16(20, true), view.getUint16(24, true)]
    return checked({ width, height, isUpward: true, bits, palette: { start: 26, bytes: 3 }, start }, bytes)
  }
  const [width, height] = [view.getInt32(18, true), view.getInt32(22, true)]
  const [bits, compression] = [view.getUint16(28, true), view.getUint32(30, true)]
  const isUsual = USUAL_MASKS.every((mask, i) => compression === MASKED && view.getUint32(54 + i * 4, true) === mask)
  if (compression !== PLAIN && !(bits === 32 && isUsual)) throw new RangeError(`a BMP of compression ${compression}`)
  const palette = { start: 14 + size, bytes: 4 }
  return checked({ width, height: Math.abs(height), isUpward: height > 0, bits, palette, start }, bytes)
}

function checked(header: BmpHeader, bytes: Uint8Array): BmpHeader {
  const { width, height, bits, start } = header
  if (!DEPTHS.has(bits)) throw new RangeError(`a BMP of ${bits} bits a pixel`)
  if (width <= 0 || height <= 0) throw new RangeError(`a BMP of ${width}×${height} pixels`)
  if (start + rowBytes(header) * height > bytes.length) throw new RangeError('a BMP that is cut short')
  return header
}

/** Rows are filled up to whole words. */
function rowBytes({ width, bits }: BmpHeader): number {
  return Math.ceil((width * bits) / 32) * 4
}

export function decodeBmp(bytes: Uint8Array, header: BmpHeader): Pixels {
  const { width, height, isUpward, bits, palette, start } = header
  const data = new Uint8Array(width * height * 3)
  for (let y = 0, to = 0; y < height; y++) {
    const row = start + (isUpward ? height - 1 - y : y) * rowBytes(header)
    for (let x = 0; x < width; x++, to += 3) {
      const from = bits > 8 ? row + (x * bits) / 8 : palette.start + numberAt(bytes, row, x, bits) * palette.bytes
      data[to] = bytes[from + 2] ?? 0
      data[to + 1] = bytes[from + 1] ?? 0
      data[to + 2] = bytes[from] ?? 0
    }
  }
  return { width, height, data }
}

/** The first pixel stands in the highest bits of a byte. */
function numberAt(bytes: Uint8Array, row: number, x: number, bits: number): number {
  const at = x * bits
  return ((bytes[row + (at >> 3)] ?? 0) >> (8 - bits - (at & 7))) & ((1 << bits) - 1)
}
