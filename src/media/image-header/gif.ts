/** GIF: 87a and 89a. */

import { type ImageHeader, withFrames } from './image-header.js'

const EXTENSION = 0x21
const IMAGE = 0x2c

/** @throws RangeError when it is cut off before its size */
export function readGif(view: DataView): ImageHeader {
  const header = { width: view.getUint16(6, true), height: view.getUint16(8, true), orientation: 1, format: 'gif' }
  return withFrames(header, countFrames(view))
}

/** Of a file that is cut off or broken, those before that. */
function countFrames(view: DataView): number {
  let frames = 0
  try {
    for (let at = 13 + colorTable(view.getUint8(10)); ; ) {
      const block = view.getUint8(at)
      if (block === IMAGE) {
        frames++
        at = afterData(view, at + 11 + colorTable(view.getUint8(at + 9)))
      } else if (block === EXTENSION) at = afterData(view, at + 2)
      else return frames
    }
  } catch (error) {
    if (error instanceof RangeError) return frames
    throw error
  }
}

/** Bytes of the table of colours that the flags announce. */
function colorTable(flags: number): number {
  return (flags & 0x80) === 0 ? 0 : 3 << ((flags & 7) + 1)
}

/** Where the chain of data blocks ends that begins at `at`. */
function afterData(view: DataView, at: number): number {
  let next = at
  for (let length = view.getUint8(next); length > 0; length = view.getUint8(next)) next += 1 + length
  return next + 1
}
