import type { Tensor } from '../../../inference/session.js'
import type { DecoderLayout } from '../model/decoder-layout.js'
import type { SamPrompt } from '../model/sam-model.js'
import { tensorOf } from '../model/tensors.js'
import { type Frame, toFrame } from './frame.js'
import { maskLogits } from './mask-prompt.js'
import { boxCorners } from './pack-transformers.js'

const PADDING = -1
const TOP_LEFT = 2
const BOTTOM_RIGHT = 3

/**
 * A prompt for a decoder of Meta's export: a box is two more points, and without one a padding point goes behind the others.
 *
 * @param embeddingSide height and width of the picture's embedding, in cells: a mask has four times as many
 */
export function packMeta(
  layout: DecoderLayout,
  { points, box, mask }: SamPrompt,
  frame: Frame,
  embeddingSide: { readonly width: number; readonly height: number },
): Record<string, Tensor> {
  const corners = box === undefined ? [0, 0] : boxCorners(box, frame)
  const coords = [...points.flatMap(({ x, y }) => toFrame(frame, x, y)), ...corners]
  const labels: number[] = points.map(({ positive }) => (positive ? 1 : 0))
  labels.push(...(box === undefined ? [PADDING] : [TOP_LEFT, BOTTOM_RIGHT]))
  const feeds: Record<string, Tensor> = {}
  if (layout.points !== undefined)
    feeds[layout.points.name] = tensorOf(layout.points, [1, labels.length, 2], Float32Array.from(coords))
  if (layout.labels !== undefined)
    feeds[layout.labels.name] = tensorOf(layout.labels, [1, labels.length], Float32Array.from(labels))
  if (layout.mask !== undefined) {
    const size = { width: embeddingSide.width * 4, height: embeddingSide.height * 4 }
    const logits = mask === undefined ? new Float32Array(size.width * size.height) : maskLogits(mask, size, frame)
    feeds[layout.mask.name] = tensorOf(layout.mask, [1, 1, size.height, size.width], logits)
  }
  if (layout.hasMask !== undefined)
    feeds[layout.hasMask.name] = tensorOf(layout.hasMask, [1], Float32Array.of(mask === undefined ? 0 : 1))
  if (layout.pictureSize !== undefined) {
    // Masks are up-sampled outside the graph. Of its own it can do no less than one pixel; without low-resolution masks it
    // gives them at the size of its input.
    const { width, height } = layout.upsampled ? frame.input : { width: 1, height: 1 }
    feeds[layout.pictureSize.name] = tensorOf(layout.pictureSize, [2], Float32Array.of(height, width))
  }
  return feeds
}
