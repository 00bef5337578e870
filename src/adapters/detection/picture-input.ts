import { PrelabelError } from '../../errors.js'
import type { Size } from '../../inference/pictures/letterbox.js'
import type { PictureLayout } from '../../inference/pictures/picture-tensor.js'
import type { TensorInfo } from '../../inference/session.js'
import type { ParsedDetectionOptions } from './options.js'
import { tensorText, unfitModel } from './unfit-model.js'

type InputOptions = ParsedDetectionOptions['input']

/** The input that takes the pictures, and how they go in. */
export interface PictureInput {
  readonly info: TensorInfo
  readonly layout: PictureLayout
  readonly size: Size
}

/** @throws PrelabelError `detection-unfit-model`, `detection-size-missing`, `detection-image-size` */
export function pictureInput(inputs: readonly TensorInfo[], options: InputOptions): PictureInput {
  const info = inputs.find(({ shape }) => shape.length === 4)
  if (info === undefined) throw noPictures('it has no input of four dimensions', inputs)
  const { type, shape } = info
  if (type !== 'float32' && type !== 'float16' && type !== 'uint8') throw noPictures(`its input is ${type}`, inputs)
  const [channels = 3, ...sides] =
    options.axes === 'nchw' ? [shape[1], shape[2], shape[3]] : [shape[3], shape[1], shape[2]]
  if (channels !== 3) throw noPictures(`${options.axes} puts ${channels} channels where three are to be`, inputs)
  const scale = options.scale ?? (type === 'uint8' ? 1 : 1 / 255)
  const layout: PictureLayout = { ...options, type, scale }
  if (type === 'uint8') checkBytes(layout)
  return { info, layout, size: sizeOf(sides, options.size) }
}

/** Into an input of bytes only bytes can go. */
function checkBytes({ scale, mean, std }: PictureLayout): void {
  for (const [channel, middle] of mean.entries()) {
    const [zero, one, most] = [0, 1, 255].map((byte) => (byte * scale - middle) / (std[channel] ?? 1))
    const whole = Number.isInteger(zero) && Number.isInteger(one)
    if (!whole || Math.min(zero ?? 0, most ?? 0) < 0 || Math.max(zero ?? 0, most ?? 0) > 255)
      throw unfitModel(
        `The model takes pictures as uint8, and scale ${scale}, mean ${middle} and std ${std[channel]} make ${zero} of 0 and ${most} of 255`,
        'detection.input.scale',
        'Leave out `scale`, `mean` and `std`: such a model takes bytes as they are.',
      )
  }
}

function sizeOf(sides: readonly (number | undefined)[], given: InputOptions['size']): Size {
  const [givenHeight, givenWidth] = typeof given === 'number' ? [given, given] : (given ?? [])
  const [height = givenHeight, width = givenWidth] = sides
  if (height === undefined || width === undefined)
    throw new PrelabelError('The model takes pictures of any size, so one has to be chosen', {
      code: 'detection-size-missing',
      path: 'detection.input.size',
      hint: 'Give the size that it was trained for as `input.size`.',
    })
  if (height === (givenHeight ?? height) && width === (givenWidth ?? width)) return { height, width }
  throw new PrelabelError(
    `The model takes pictures of ${height}×${width} (height and width), and not of ${givenHeight}×${givenWidth}`,
    {
      code: 'detection-image-size',
      path: 'detection.input.size',
      hint: 'Leave it out, or export the model with free sides or another size.',
    },
  )
}

function noPictures(reason: string, inputs: readonly TensorInfo[]): PrelabelError {
  return unfitModel(
    `The model takes no pictures as described: ${reason}; seen: ${inputs.map(tensorText).join(', ')}`,
    'detection.input',
    'Pictures go into a float32, float16 or uint8 input of shape [batch, 3, height, width] or, with `axes: nhwc`, [batch, height, width, 3].',
  )
}
