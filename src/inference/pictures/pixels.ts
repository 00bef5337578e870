/** A decoded picture: 8-bit RGB, three bytes a pixel, row by row, the way it is shown (EXIF turn applied). */
export interface Pixels {
  readonly width: number
  readonly height: number
  readonly data: Uint8Array
}
