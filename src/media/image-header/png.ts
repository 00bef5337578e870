/** PNG, third edition. An `eXIf` chunk counts only before the pixels, as in Chromium; an `acTL` chunk, too. */

import { readOrientation } from './exif.js'
import { ascii, type ImageHeader, turned, withFrames } from './image-header.js'

const SIGNATURE_LENGTH = 8

/** @throws RangeError when it is cut off before its size */
export function readPng(view: DataView): ImageHeader {
  const header = SIGNATURE_LENGTH + 8
  const chunks = chunksBeforePixels(view)
  const exif = chunks.get('eXIf')
  const animation = chunks.get('acTL')
  const orientation = exif === undefined ? 1 : readOrientation(exif)
  const frames = animation === undefined || animation.byteLength < 8 ? 1 : animation.getUint32(0)
  return withFrames(turned('png', view.getUint32(header), view.getUint32(header + 4), orientation), frames)
}

/** The first of each type that lies wholly in the bytes. */
function chunksBeforePixels(view: DataView): Map<string, DataView> {
  const chunks = new Map<string, DataView>()
  for (let at = SIGNATURE_LENGTH; at + 8 <= view.byteLength; ) {
    const length = view.getUint32(at)
    const type = ascii(view, at + 4, at + 8)
    if (type === 'IDAT' || at + 8 + length > view.byteLength) break
    if (!chunks.has(type)) chunks.set(type, new DataView(view.buffer, view.byteOffset + at + 8, length))
    at += 12 + length
  }
  return chunks
}
