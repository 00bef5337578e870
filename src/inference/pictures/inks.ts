import { isFrameHeader, jpegSegments } from '../../media/image-header/jpeg.js'
import type { Pixels } from './pixels.js'

/** Of a frame header's payload: precision, height and width come before. */
const COMPONENTS_AT = 5

/** True for a JPEG of four inks (CMYK, YCCK), by its frame header. */
export function hasInks(bytes: Uint8Array): boolean {
  if (bytes[0] !== 0xff || bytes[1] !== 0xd8) return false
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  for (const { marker, offset, length } of jpegSegments(view))
    if (isFrameHeader(marker)) return length > COMPONENTS_AT && view.getUint8(offset + COMPONENTS_AT) === 4
  return false
}

/**
 * Inks (four bytes a pixel: cyan, magenta, yellow, black, 255 is full) → RGB, with the arithmetic of OpenCV's `imread`.
 * Source: `icvCvt_CMYK2BGR_8u_C4C3R` in `modules/imgcodecs/src/utils.cpp` of OpenCV.
 */
export function rgbOfInks({ width, height, data }: Pixels): Pixels {
  const rgb = new Uint8Array(width * height * 3)
  for (let from = 0, to = 0; to < rgb.length; from += 4, to += 3) {
    const light = 255 - (data[from + 3] ?? 0)
    for (let ink = 0; ink < 3; ink++) rgb[to + ink] = light - (((data[from + ink] ?? 0) * light) >> 8)
  }
  return { width, height, data: rgb }
}
