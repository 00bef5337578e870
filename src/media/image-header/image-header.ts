/** What the header of a picture says. */
export interface ImageHeader {
  /** As a browser shows it: after the turn. */
  readonly width: number
  readonly height: number
  /**
   * EXIF orientation 1..8 of the pixels as a decoder gives them, as far as browsers heed it; 1 when there is nothing
   * left to turn. A WebP's orientation is not heeded by Chromium; an AVIF is turned by its decoder.
   */
  readonly orientation: number
  readonly format: string
  /** Of an animated GIF, PNG or WebP: how many pictures it shows one after the other. Absent for a still one. */
  readonly frames?: number
}

/** The header of pixels stored as `width` × `height` that are to be turned by `orientation`. */
export function turned(format: string, width: number, height: number, orientation: number): ImageHeader {
  return orientation >= 5
    ? { width: height, height: width, orientation, format }
    : { width, height, orientation, format }
}

/** The header of a picture that may be an animation. */
export function withFrames(header: ImageHeader, frames: number): ImageHeader {
  return frames > 1 ? { ...header, frames } : header
}

/** Characters `from` to `to` of the bytes. */
export function ascii(view: DataView, from: number, to: number): string {
  let text = ''
  for (let offset = from; offset < to; offset++) text += String.fromCharCode(view.getUint8(offset))
  return text
}
