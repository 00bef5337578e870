import type { Size } from '../../../inference/pictures/letterbox.js'
import type { PictureLayout } from '../../../inference/pictures/picture-tensor.js'
import type { TensorInfo } from '../../../inference/session.js'

/** How an encoder takes its picture. */
export interface EncoderLayout extends Pick<PictureLayout, 'type' | 'axes'> {
  readonly input: string
  /** Whether the input has a first dimension for several pictures. */
  readonly batched: boolean
  /** Absent when it takes any size. */
  readonly size?: Size
  readonly outputs: readonly TensorInfo[]
}

/**
 * What an encoder's inputs and outputs say; undefined when this is no encoder: it has one input, a picture of three channels.
 * transformers calls it `pixel_values`, also where it leaves all sizes free.
 */
export function readEncoderLayout(
  inputs: readonly TensorInfo[],
  outputs: readonly TensorInfo[],
): EncoderLayout | undefined {
  const [input] = inputs
  if (input === undefined || inputs.length > 1) return undefined
  const { name, type, shape } = input
  if (type !== 'float32' && type !== 'float16' && type !== 'uint8') return undefined
  const batched = shape.length === 4
  const sides = batched ? shape.slice(1) : shape
  if (sides.length !== 3) return undefined
  const planar = sides[0] === 3 || (sides[0] === undefined && name === 'pixel_values')
  const axes = planar ? 'nchw' : sides[2] === 3 ? 'nhwc' : undefined
  if (axes === undefined) return undefined
  const [height, width] = axes === 'nchw' ? sides.slice(1) : sides
  const size = width === undefined || height === undefined ? {} : { size: { width, height } }
  return { input: name, type, axes, batched, outputs, ...size }
}
