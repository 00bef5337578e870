import type { Pixels } from './pixels.js'

const START_OF_SCAN = 0xda
/** Markers among those of frame headers that are none: DHT, JPG, DAC. */
const NO_FRAME = new Set([0xc4, 0xc8, 0xcc])

/** True for a JPEG of four inks (CMYK, YCCK), by its frame header. Source: ITU-T T.81, annex B. */
export function hasInks(bytes: Uint8Array): boolean {
  if (bytes[0] !== 0xff) return false
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  for (let at = 2; at + 10 <= bytes.length && bytes[at] === 0xff; ) {
    const marker = view.getUint8(at + 1)
    if (marker === START_OF_SCAN) return false
    if (marker >= 0xc0 && marker <= 0xcf && !NO_FRAME.has(marker)) return view.getUint8(at + 9) === 4
    // A marker may be preceded by any number of bytes 0xff.
    at += marker === 0xff ? 1 : 2 + view.getUint16(at + 2)
  }
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
