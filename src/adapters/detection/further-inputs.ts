import { toFloat16 } from '../../inference/float16.js'
import type { PlacedPicture } from '../../inference/pictures/picture-tensor.js'
import type { Tensor, TensorInfo } from '../../inference/session.js'
import type { ParsedDetectionOptions } from './options.js'
import type { PictureModel } from './picture-model.js'
import { tensorText, unfitModel } from './unfit-model.js'

type Feed = (pictures: readonly PlacedPicture[]) => Tensor

/**
 * What fills the inputs of a model besides the pictures.
 *
 * @throws PrelabelError `detection-unfit-model` where an input stays empty, or one that was described is not there
 */
export function furtherInputs(
  inputs: readonly TensorInfo[],
  picture: TensorInfo,
  { sizeInput, maskInput }: ParsedDetectionOptions['input'],
): Pick<PictureModel, 'otherFeeds'> {
  const others = inputs.filter((input) => input !== picture)
  const feeds = new Map<string, Feed>()
  if (sizeInput !== undefined)
    feeds.set(sizeInput.name, sizes(inputFor('sizeInput', sizeInput.name, others), sizeInput))
  if (maskInput !== undefined) feeds.set(maskInput.name, masks(inputFor('maskInput', maskInput.name, others)))
  const empty = others.filter(({ name }) => !feeds.has(name))
  if (empty.length > 0)
    throw unfitModel(
      `Nothing fills the input ${empty.map(tensorText).join(', ')} of the model`,
      'detection.input',
      'A mask of where the picture is comes from `input.maskInput`, its size from `input.sizeInput`; export the model without others.',
    )
  if (feeds.size === 0) return {}
  return { otherFeeds: (pictures) => Object.fromEntries([...feeds].map(([name, feed]) => [name, feed(pictures)])) }
}

function inputFor(option: 'sizeInput' | 'maskInput', wanted: string, others: readonly TensorInfo[]): TensorInfo {
  const input = others.find(({ name }) => name === wanted)
  const sides = option === 'sizeInput' ? 2 : 3
  if (input?.shape.length === sides && isFilled(input.type)) return input
  const seen = others.length === 0 ? 'nothing' : others.map(tensorText).join(', ')
  throw unfitModel(
    `The model has no input ${wanted} of ${sides} dimensions; seen besides the pictures: ${seen}`,
    `detection.input.${option}.name`,
    option === 'sizeInput' ? 'It takes `[batch, 2]`.' : 'It takes `[batch, height, width]`.',
  )
}

/** The input's own size for every picture, so that boxes come in its pixels. */
function sizes({ type }: TensorInfo, { order }: { readonly order: 'width-height' | 'height-width' }): Feed {
  return (pictures) => {
    const values = pictures.flatMap(({ placement: { width, height } }) =>
      order === 'width-height' ? [width, height] : [height, width],
    )
    return tensorOf(type, [pictures.length, 2], Float32Array.from(values))
  }
}

/** Ones where a picture is and zeros around it, in the size that the model declares, else in that of the pictures. */
function masks({ type, shape: [, fixedHeight, fixedWidth] }: TensorInfo): Feed {
  return (pictures) => {
    const [first] = pictures
    const height = fixedHeight ?? first?.placement.height ?? 0
    const width = fixedWidth ?? first?.placement.width ?? 0
    const values = new Float32Array(pictures.length * height * width)
    for (const [index, { placement }] of pictures.entries()) {
      const { inner } = placement
      for (let y = 0; y < height; y++) {
        const down = ((y + 0.5) * placement.height) / height - inner.top
        if (down < 0 || down >= inner.height) continue
        for (let x = 0; x < width; x++) {
          const along = ((x + 0.5) * placement.width) / width - inner.left
          if (along >= 0 && along < inner.width) values[(index * height + y) * width + x] = 1
        }
      }
    }
    return tensorOf(type, [pictures.length, height, width], values)
  }
}

const FILLED = ['int64', 'int32', 'float32', 'float16', 'uint8', 'bool']

function isFilled(type: string): boolean {
  return FILLED.includes(type)
}

function tensorOf(type: string, dims: readonly number[], values: Float32Array): Tensor {
  switch (type) {
    case 'int64':
      return { type, dims, data: BigInt64Array.from(values, BigInt) }
    case 'int32':
      return { type, dims, data: Int32Array.from(values) }
    case 'float16':
      return { type, dims, data: toFloat16(values) }
    case 'uint8':
    case 'bool':
      return { type, dims, data: Uint8Array.from(values) }
    default:
      return { type: 'float32', dims, data: values }
  }
}
