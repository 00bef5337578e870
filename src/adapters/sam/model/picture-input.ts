import type { Steps } from '../../../inference/pictures/in-turns.js'
import { type PictureLayout, pictureTensor } from '../../../inference/pictures/picture-tensor.js'
import type { Pixels } from '../../../inference/pictures/pixels.js'
import { resizeRows } from '../../../inference/pictures/resize-antialiased.js'
import { resizeBilinear } from '../../../inference/pictures/resize-bilinear.js'
import type { Tensor } from '../../../inference/session.js'
import { frameOf } from '../prompting/frame.js'
import type { EncoderLayout } from './encoder-layout.js'
import type { PicturePlan } from './picture-plan.js'

/** A decoded picture as an encoder's input: resized, normalised, and then padded with zeros, as the originals do. */
export function* pictureInput(pixels: Pixels, plan: PicturePlan, encoder: EncoderLayout): Steps<Tensor> {
  const { inner } = frameOf(pixels, plan.size, plan.resize)
  const { width, height } = inner
  const resized = plan.antialias ? yield* resizeRows(pixels, inner) : resizeBilinear(pixels, width, height)
  const placement = {
    ...inner,
    inner: { left: 0, top: 0, ...inner },
    back: { offsetX: 0, offsetY: 0, gainX: 1, gainY: 1 },
  }
  const { scale, mean, std } = plan
  const layout: PictureLayout = { type: encoder.type, axes: encoder.axes, colour: 'rgb', padding: 0, scale, mean, std }
  yield
  const tensor = pictureTensor([{ pixels: resized, placement }], layout)
  yield
  const padded = plan.pad ? padTensor(tensor, encoder.axes, plan.size) : tensor
  return encoder.batched ? padded : { ...padded, dims: padded.dims.slice(1) }
}

/** Zeros to the right and below. */
function padTensor(tensor: Tensor, axes: PictureLayout['axes'], { width, height }: PicturePlan['size']): Tensor {
  const [, a = 0, b = 0, c = 0] = tensor.dims
  const planar = axes === 'nchw'
  const [planes, rows, row] = planar ? [a, b, c] : [1, a, b * c]
  const wideRow = planar ? width : width * c
  if (rows === height && row === wideRow) return tensor
  const dims = planar ? [1, a, height, width] : [1, height, width, c]
  const spread = <D extends Float32Array | Uint16Array | Uint8Array>(from: D, into: D): D => {
    for (let plane = 0; plane < planes; plane++)
      for (let y = 0; y < rows; y++) {
        const at = (plane * rows + y) * row
        into.set(from.subarray(at, at + row), (plane * height + y) * wideRow)
      }
    return into
  }
  const length = planes * height * wideRow
  if (tensor.type === 'float32') return { ...tensor, dims, data: spread(tensor.data, new Float32Array(length)) }
  if (tensor.type === 'float16') return { ...tensor, dims, data: spread(tensor.data, new Uint16Array(length)) }
  if (tensor.type === 'uint8') return { ...tensor, dims, data: spread(tensor.data, new Uint8Array(length)) }
  return tensor
}
