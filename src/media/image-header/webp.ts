/** WebP: RFC 9649. Its EXIF is not looked at: Chromium shows a WebP unturned whatever it says. */

import { ascii, type ImageHeader } from './image-header.js'

/** @throws RangeError when it is cut off before its size, or its first chunk is none of a picture */
export function readWebp(view: DataView): ImageHeader {
  const [width, height] = sizeOf(view, ascii(view, 12, 16))
  return { width, height, orientation: 1, format: 'webp' }
}

function sizeOf(view: DataView, chunk: string): readonly [number, number] {
  const data = 20
  if (chunk === 'VP8X') return [1 + uint24(view, data + 4), 1 + uint24(view, data + 7)]
  if (chunk === 'VP8 ') return [view.getUint16(data + 6, true) & 0x3fff, view.getUint16(data + 8, true) & 0x3fff]
  if (chunk === 'VP8L') {
    const bits = view.getUint32(data + 1, true)
    return [1 + (bits & 0x3fff), 1 + ((bits >> 14) & 0x3fff)]
  }
  throw new RangeError('no picture chunk')
}

function uint24(view: DataView, offset: number): number {
  return view.getUint16(offset, true) | (view.getUint8(offset + 2) << 16)
}
