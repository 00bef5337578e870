/** WebP: RFC 9649. Its EXIF is not looked at: Chromium shows a WebP unturned whatever it says. */

import { ascii, type ImageHeader, withFrames } from './image-header.js'

const ANIMATION = 0x02

/** @throws RangeError when it is cut off before its size, or its first chunk is none of a picture */
export function readWebp(view: DataView): ImageHeader {
  const [width, height] = sizeOf(view, ascii(view, 12, 16))
  return withFrames({ width, height, orientation: 1, format: 'webp' }, countFrames(view))
}

/** The `ANMF` chunks of an extended file whose flags say that it is an animation. */
function countFrames(view: DataView): number {
  if (ascii(view, 12, 16) !== 'VP8X' || (view.getUint8(20) & ANIMATION) === 0) return 1
  let frames = 0
  for (let at = 12; at + 8 <= view.byteLength; ) {
    if (ascii(view, at, at + 4) === 'ANMF') frames++
    const length = view.getUint32(at + 4, true)
    at += 8 + length + (length % 2)
  }
  return frames
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
