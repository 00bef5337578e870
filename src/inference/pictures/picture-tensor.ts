import { toFloat16 } from '../float16.js'
import type { Tensor } from '../session.js'
import type { Placement } from './letterbox.js'
import type { Pixels } from './pixels.js'

/** How a model wants its pictures. */
export interface PictureLayout {
  readonly type: 'float32' | 'float16' | 'uint8'
  /** `nchw`: one plane a channel; `nhwc`: three values a pixel. */
  readonly axes: 'nchw' | 'nhwc'
  readonly colour: 'rgb' | 'bgr'
  /** A value is `(byte * scale - mean) / std`; mean and std in the order red, green, blue. */
  readonly scale: number
  readonly mean: readonly [number, number, number]
  readonly std: readonly [number, number, number]
  /** The grey (0..255) around a picture that does not fill the input. */
  readonly padding: number
}

/** A picture, already of the size it has inside the input, and where it goes there. */
export interface PlacedPicture {
  readonly pixels: Pixels
  readonly placement: Placement
}

/** Puts pictures of one input size into one tensor of shape `[n, 3, h, w]` or `[n, h, w, 3]`. */
export function pictureTensor(pictures: readonly PlacedPicture[], layout: PictureLayout): Tensor {
  const [first] = pictures
  const { width, height } = first?.placement ?? { width: 0, height: 0 }
  const dims = layout.axes === 'nchw' ? [pictures.length, 3, height, width] : [pictures.length, height, width, 3]
  const size = 3 * width * height
  if (layout.type === 'uint8') {
    const data = new Uint8Array(pictures.length * size)
    for (const [i, picture] of pictures.entries()) paint(data.subarray(i * size, (i + 1) * size), picture, layout)
    return { type: 'uint8', dims, data }
  }
  const data = new Float32Array(pictures.length * size)
  for (const [i, picture] of pictures.entries()) paint(data.subarray(i * size, (i + 1) * size), picture, layout)
  return layout.type === 'float32' ? { type: 'float32', dims, data } : { type: 'float16', dims, data: toFloat16(data) }
}

function paint(into: Float32Array | Uint8Array, { pixels, placement }: PlacedPicture, layout: PictureLayout): void {
  const { width, height, inner } = placement
  const values = [0, 1, 2].map((channel) => lookup(layout, channel))
  const [red, green, blue] = layout.colour === 'rgb' ? [0, 1, 2] : [2, 1, 0]
  const [plane, step] = layout.axes === 'nchw' ? [width * height, 1] : [1, 3]
  const slots = [red, green, blue].map((slot) => (slot ?? 0) * plane)
  if (inner.width < width || inner.height < height) {
    for (const [channel, start] of slots.entries()) {
      const padding = values[channel]?.[layout.padding] ?? 0
      if (step === 1) into.fill(padding, start, start + plane)
      else for (let i = start; i < into.length; i += step) into[i] = padding
    }
  }
  for (let y = 0; y < inner.height; y++) {
    const to = ((y + inner.top) * width + inner.left) * step
    const row = pixels.data.subarray(y * inner.width * 3, (y + 1) * inner.width * 3)
    paintRow(into, row, to, step, slots, values)
  }
}

const EMPTY = new Float32Array()

function paintRow(
  into: Float32Array | Uint8Array,
  row: Uint8Array,
  start: number,
  step: number,
  [red = 0, green = 0, blue = 0]: readonly number[],
  [reds = EMPTY, greens = EMPTY, blues = EMPTY]: readonly Float32Array[],
): void {
  for (let from = 0, to = start; from < row.length; from += 3, to += step) {
    into[red + to] = reds[row[from] ?? 0] ?? 0
    into[green + to] = greens[row[from + 1] ?? 0] ?? 0
    into[blue + to] = blues[row[from + 2] ?? 0] ?? 0
  }
}

/** The value of each byte. */
function lookup({ scale, mean, std }: PictureLayout, channel: number): Float32Array {
  const values = new Float32Array(256)
  for (let byte = 0; byte < 256; byte++) values[byte] = (byte * scale - (mean[channel] ?? 0)) / (std[channel] ?? 1)
  return values
}
