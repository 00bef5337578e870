import { toFloat16 } from '../float16.js'
import type { Tensor } from '../session.js'
import type { Placement } from './letterbox.js'
import type { Pixels } from './pixels.js'

/** How a model wants its pictures. */
export interface PictureLayout {
  readonly type: 'float32' | 'float16' | 'uint8'
  /** `nchw`: one plane a channel; `nhwc`: all values of a pixel beside each other. */
  readonly axes: 'nchw' | 'nhwc'
  /** The channels in their order; `grey` is one, by the arithmetic of OpenCV and libpng. */
  readonly colour: 'rgb' | 'bgr' | 'grey'
  /** A value is `(byte * scale - mean) / std`; mean and std in the order red, green, blue, those of grey first. */
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

type Data = Float32Array | Uint16Array | Uint8Array

/** The place in the tensor of each channel: red, green, blue, or grey alone. */
const CHANNELS = { rgb: [0, 1, 2], bgr: [2, 1, 0], grey: [0] } as const

/**
 * Puts pictures of one input size into one tensor of shape `[n, 3, h, w]` or `[n, h, w, 3]`; for grey ones 1 stands for 3.
 *
 * @param memory where to get memory for the tensor; all of it is written
 */
export function pictureTensor(
  pictures: readonly PlacedPicture[],
  layout: PictureLayout,
  memory: (bytes: number) => ArrayBuffer = (bytes) => new ArrayBuffer(bytes),
): Tensor {
  const [first] = pictures
  const { width, height } = first?.placement ?? { width: 0, height: 0 }
  const channels = CHANNELS[layout.colour].length
  const dims =
    layout.axes === 'nchw' ? [pictures.length, channels, height, width] : [pictures.length, height, width, channels]
  const size = channels * width * height
  const paintAll = <D extends Data>(data: D): D => {
    const values = CHANNELS[layout.colour].map((_, channel) => valuesOfBytes(layout, channel))
    for (const [i, picture] of pictures.entries())
      paint(data.subarray(i * size, (i + 1) * size), picture, layout, values)
    return data
  }
  const bytes = pictures.length * size
  switch (layout.type) {
    case 'float32':
      return { type: 'float32', dims, data: paintAll(new Float32Array(memory(bytes * 4))) }
    case 'float16':
      return { type: 'float16', dims, data: paintAll(new Uint16Array(memory(bytes * 2))) }
    case 'uint8':
      return { type: 'uint8', dims, data: paintAll(new Uint8Array(memory(bytes))) }
  }
}

function paint(into: Data, { pixels, placement }: PlacedPicture, layout: PictureLayout, values: readonly Data[]): void {
  const { width, height, inner } = placement
  const channels = CHANNELS[layout.colour]
  const [plane, step] = layout.axes === 'nchw' ? [width * height, 1] : [1, channels.length]
  const slots = channels.map((slot) => slot * plane)
  const paintRow = layout.colour === 'grey' ? paintGreyRow : paintColourRow
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

const EMPTY = new Uint8Array()

function paintColourRow(
  into: Data,
  row: Uint8Array,
  start: number,
  step: number,
  [red = 0, green = 0, blue = 0]: readonly number[],
  [reds = EMPTY, greens = EMPTY, blues = EMPTY]: readonly Data[],
): void {
  for (let from = 0, to = start; from < row.length; from += 3, to += step) {
    into[red + to] = reds[row[from] ?? 0] ?? 0
    into[green + to] = greens[row[from + 1] ?? 0] ?? 0
    into[blue + to] = blues[row[from + 2] ?? 0] ?? 0
  }
}

/** Weights of 15 bits, as those of `png_set_rgb_to_gray` and OpenCV's `cvtColor`; what is grey stays what it is. */
const [RED, GREEN, BLUE, BITS] = [9798, 19235, 3735, 15]

function paintGreyRow(
  into: Data,
  row: Uint8Array,
  start: number,
  step: number,
  _: readonly number[],
  [greys = EMPTY]: readonly Data[],
): void {
  for (let from = 0, to = start; from < row.length; from += 3, to += step) {
    const sum = (row[from] ?? 0) * RED + (row[from + 1] ?? 0) * GREEN + (row[from + 2] ?? 0) * BLUE
    into[to] = greys[(sum + (1 << (BITS - 1))) >> BITS] ?? 0
  }
}

/** What each byte of a channel becomes. */
function valuesOfBytes({ type, scale, mean, std }: PictureLayout, channel: number): Data {
  const values = Float32Array.from(
    { length: 256 },
    (_, byte) => (byte * scale - (mean[channel] ?? 0)) / (std[channel] ?? 1),
  )
  return type === 'float16' ? toFloat16(values) : values
}
