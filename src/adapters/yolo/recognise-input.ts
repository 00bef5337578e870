import { PrelabelError } from '../../errors.js'
import type { Size } from '../../inference/pictures/letterbox.js'
import type { ModelCard } from './model-card.js'
import type { ParsedYoloOptions } from './options.js'
import { type Shapes, unknownModel, unservedModel } from './unknown-model.js'

/** How pictures go into a model. */
export interface YoloInput {
  readonly input: { readonly name: string; readonly type: 'float32' | 'float16' }
  /** Size of the input: fixed, or the largest that a picture is scaled to. */
  readonly size: Size
  /** Colours, or grey alone. */
  readonly channels: 3 | 1
  /** Sides that take any multiple of `stride` up to that of `size`. */
  readonly free: Readonly<Record<keyof Size, boolean>>
  readonly stride: number
  /** The fixed batch, if it is fixed. */
  readonly batch?: number
}

const DEFAULT_SIDE = 640
const DEFAULT_STRIDE = 32

/** @throws PrelabelError `yolo-unknown-model`, `yolo-unserved-model`, `yolo-image-size` */
export function recogniseInput(shapes: Shapes, card: ModelCard, options: ParsedYoloOptions): YoloInput {
  const input = shapes.inputs[0]
  if (input === undefined || shapes.inputs.length > 1 || input.shape.length !== 4)
    throw unknownModel('expected one input of shape [batch, 3, height, width]', shapes)
  if (input.type !== 'float32' && input.type !== 'float16')
    throw unknownModel('expected an input of float32 or float16', shapes)
  const [batch, channels = 3, height, width] = input.shape
  if (channels !== 3 && channels !== 1) {
    if (channels === card.channels) throw unservedModel(`it takes pictures of ${channels} channels`)
    throw unknownModel(`expected 3 channels, or 1, not ${channels}`, shapes)
  }
  const stride = options.stride ?? card.stride ?? DEFAULT_STRIDE
  const wanted = sides(options.imageSize)
  const [wantedHeight, wantedWidth] = wanted ?? card.imageSize ?? [DEFAULT_SIDE, DEFAULT_SIDE]
  const size = { width: width ?? upTo(wantedWidth, stride), height: height ?? upTo(wantedHeight, stride) }
  if (wanted !== undefined && ((height ?? wantedHeight) !== wantedHeight || (width ?? wantedWidth) !== wantedWidth))
    throw new PrelabelError(
      `The model's input is ${size.height}×${size.width}, so \`imageSize\` cannot be ${wantedHeight}×${wantedWidth}`,
      {
        code: 'yolo-image-size',
        path: 'yolo.imageSize',
        hint: 'Leave `imageSize` out, or export the model with `dynamic=True` or another `imgsz`.',
      },
    )
  return {
    input: { name: input.name, type: input.type },
    size,
    channels,
    free: { width: width === undefined, height: height === undefined },
    stride,
    ...(batch === undefined ? {} : { batch }),
  }
}

function sides(size: ParsedYoloOptions['imageSize']): readonly [number, number] | undefined {
  return typeof size === 'number' ? [size, size] : size
}

/** A free side has to be a multiple of the stride; Ultralytics rounds it up too. */
function upTo(side: number, stride: number): number {
  return Math.ceil(side / stride) * stride
}
