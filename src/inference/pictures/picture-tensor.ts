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
  const planar = layout.axes === 'nchw'
  const filled = inner.width === width && inner.height === height
  for (let channel = 0; channel < 3; channel++) {
    const values = lookup(layout, channel)
    const slot = layout.colour === 'rgb' ? channel : 2 - channel
    const start = planar ? slot * width * height : slot
    const step = planar ? 1 : 3
    if (!filled) {
      const padding = values[layout.padding] ?? 0
      for (let i = 0, to = start; i < width * height; i++, to += step) into[to] = padding
    }
    for (let y = 0; y < inner.height; y++) {
      let from = y * inner.width * 3 + channel
      let to = start + ((y + inner.top) * width + inner.left) * step
      for (let x = 0; x < inner.width; x++, from += 3, to += step) into[to] = values[pixels.data[from] ?? 0] ?? 0
    }
  }
}

/** The value of each byte. */
function lookup({ scale, mean, std }: PictureLayout, channel: number): Float32Array {
  return Float32Array.from({ length: 256 }, (_, byte) => (byte * scale - (mean[channel] ?? 0)) / (std[channel] ?? 1))
}
