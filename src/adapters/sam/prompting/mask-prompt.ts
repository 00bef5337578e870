import type { Size } from '../../../inference/pictures/letterbox.js'
import type { MaskPixels } from '../../../results/findings.js'
import type { LowResMask } from '../model/sam-model.js'
import type { Frame } from './frame.js'

/** What SAM 2 makes of a mask that a person gives: inside 10, outside -10. */
const SURE = 10

/** True for what a model said before, false for what was drawn by hand. */
export function isLowRes(mask: LowResMask | MaskPixels): mask is LowResMask {
  return mask.data instanceof Float32Array
}

/** A mask as the logits that a decoder takes, in the frame of the model's input. */
export function maskLogits(mask: LowResMask | MaskPixels, size: Size, frame: Frame): Float32Array {
  if (!isLowRes(mask)) return drawnLogits(mask, size, frame)
  if (mask.width === size.width && mask.height === size.height) return mask.data
  const logits = new Float32Array(size.width * size.height)
  for (let y = 0, to = 0; y < size.height; y++) {
    const row = Math.floor(((y + 0.5) * mask.height) / size.height) * mask.width
    for (let x = 0; x < size.width; x++, to++)
      logits[to] = mask.data[row + Math.floor(((x + 0.5) * mask.width) / size.width)] ?? 0
  }
  return logits
}

/** Each cell by the part of its pixels that is inside. */
function drawnLogits(mask: MaskPixels, size: Size, { input, inner }: Frame): Float32Array {
  const logits = new Float32Array(size.width * size.height).fill(-SURE)
  const columns = cells(size.width, input.width / inner.width, mask.width)
  const rows = cells(size.height, input.height / inner.height, mask.height)
  for (const [y, { from: top, to: bottom }] of rows.entries()) {
    for (const [x, { from: left, to: right }] of columns.entries()) {
      let inside = 0
      for (let row = top; row < bottom; row++)
        for (let at = row * mask.width + left; at < row * mask.width + right; at++) if (mask.data[at] !== 0) inside++
      logits[y * size.width + x] = SURE * ((2 * inside) / ((bottom - top) * (right - left)) - 1)
    }
  }
  return logits
}

/** The pixels under each cell that lies on the picture. */
function cells(count: number, frameToInner: number, pixels: number): { from: number; to: number }[] {
  const step = (frameToInner * pixels) / count
  const onPicture = Math.min(count, Math.ceil(pixels / step))
  return Array.from({ length: onPicture }, (_, i) => {
    const from = Math.min(pixels - 1, Math.floor(i * step))
    return { from, to: Math.max(from + 1, Math.min(pixels, Math.round((i + 1) * step))) }
  })
}
