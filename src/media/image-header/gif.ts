/** GIF: 87a and 89a. */

import { type ImageHeader, withFrames } from './image-header.js'

const EXTENSION = 0x21
const IMAGE = 0x2c

/**
 * The size is that of the screen which the header announces, or of what the first picture takes of it when that is more:
 * so do browsers.
 *
 * @throws RangeError when it is cut off before its size
 */
export function readGif(view: DataView): ImageHeader {
  const pictures = findPictures(view)
  const [first] = pictures
  const extent = (at: number) =>
    first === undefined ? 0 : view.getUint16(first + at, true) + view.getUint16(first + at + 4, true)
  const width = Math.max(view.getUint16(6, true), extent(1))
  const height = Math.max(view.getUint16(8, true), extent(3))
  return withFrames({ width, height, orientation: 1, format: 'gif' }, pictures.length)
}

/** Where the descriptors of its pictures begin; of a file that is cut off or broken, those before that. */
function findPictures(view: DataView): readonly number[] {
  const pictures: number[] = []
  try {
    for (let at = 13 + colorTable(view.getUint8(10)); ; ) {
      const block = view.getUint8(at)
      if (block === IMAGE) {
        const data = at + 11 + colorTable(view.getUint8(at + 9))
        pictures.push(at)
        at = afterData(view, data)
      } else if (block === EXTENSION) at = afterData(view, at + 2)
      else return pictures
    }
  } catch (error) {
    if (error instanceof RangeError) return pictures
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
