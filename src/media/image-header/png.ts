/** PNG, third edition. An `eXIf` chunk counts only before the pixels, as in Chromium. */

import { readOrientation } from './exif.js'
import { ascii, type ImageHeader, turned } from './image-header.js'

const SIGNATURE_LENGTH = 8

/** @throws RangeError when it is cut off before its size */
export function readPng(view: DataView): ImageHeader {
  const header = SIGNATURE_LENGTH + 8
  return turned('png', view.getUint32(header), view.getUint32(header + 4), orientationOf(view))
}

function orientationOf(view: DataView): number {
  for (let at = SIGNATURE_LENGTH; at + 8 <= view.byteLength; ) {
    const length = view.getUint32(at)
    const type = ascii(view, at + 4, at + 8)
    if (type === 'IDAT' || at + 8 + length > view.byteLength) return 1
    if (type === 'eXIf') return readOrientation(new DataView(view.buffer, view.byteOffset + at + 8, length))
    at += 12 + length
  }
  return 1
}
