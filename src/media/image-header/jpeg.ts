/** JPEG: ITU-T T.81, annex B. The first EXIF block counts, as in Chromium. */

import { readOrientation } from './exif.js'
import { ascii, type ImageHeader, turned } from './image-header.js'

const APP1 = 0xe1
const START_OF_SCAN = 0xda
/** Markers in the range of frame headers that are none: DHT, JPG, DAC. */
const NO_FRAME = new Set([0xc4, 0xc8, 0xcc])

/** @throws RangeError when it is cut off before its size */
export function readJpeg(view: DataView): ImageHeader {
  let size: { readonly width: number; readonly height: number } | undefined
  let orientation: number | undefined
  for (const { marker, offset, length } of jpegSegments(view)) {
    if (marker === APP1 && length > 8 && ascii(view, offset, offset + 5) === 'Exif\0') {
      orientation ??= readOrientation(new DataView(view.buffer, view.byteOffset + offset + 6, length - 6))
    }
    if (isFrameHeader(marker)) {
      size ??= { height: view.getUint16(offset + 1), width: view.getUint16(offset + 3) }
    }
  }
  if (size === undefined) throw new RangeError('no frame header')
  return turned('jpeg', size.width, size.height, orientation ?? 1)
}

/** Whether a segment tells the size and the components of the picture. */
export function isFrameHeader(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && !NO_FRAME.has(marker)
}

/** The segments before the first scan that lie wholly in the bytes; `offset` is that of the payload. */
export function* jpegSegments(view: DataView) {
  let at = 2
  while (at + 4 <= view.byteLength) {
    const marker = view.getUint8(at + 1)
    if (view.getUint8(at) !== 0xff || marker === 0xff) {
      at++
      continue
    }
    const length = view.getUint16(at + 2) - 2
    const offset = at + 4
    if (marker === START_OF_SCAN || length < 0 || offset + length > view.byteLength) return
    yield { marker, offset, length }
    at = offset + length
  }
}
