import type { Tensor } from '../../../inference/session.js'
import type { DecoderLayout } from '../model/decoder-layout.js'
import type { SamPrompt } from '../model/sam-model.js'
import { tensorOf } from '../model/tensors.js'
import { type Frame, toFrame } from './frame.js'

/**
 * Prompts for a decoder of transformers' or optimum's export. All have the same number of points, and all or none a box.
 * What is absent is a tensor without elements, as transformers.js gives it.
 */
export function packTransformers(
  { points, labels, boxes }: DecoderLayout,
  prompts: readonly SamPrompt[],
  frame: Frame,
): Record<string, Tensor> {
  const feeds: Record<string, Tensor> = {}
  const count = prompts[0]?.points.length ?? 0
  const rows = count === 0 ? 1 : prompts.length
  if (points !== undefined && labels !== undefined) {
    const all = prompts.flatMap((prompt) => prompt.points)
    const coords = Float32Array.from(all.flatMap(({ x, y }) => toFrame(frame, x, y)))
    feeds[points.name] = tensorOf(points, [1, rows, count, 2], coords)
    feeds[labels.name] = tensorOf(
      labels,
      [1, rows, count],
      Float32Array.from(all, ({ positive }) => (positive ? 1 : 0)),
    )
  }
  if (boxes !== undefined) {
    const corners = prompts.flatMap(({ box }) => (box === undefined ? [] : boxCorners(box, frame)))
    feeds[boxes.name] = tensorOf(boxes, [1, corners.length / 4, 4], Float32Array.from(corners))
  }
  return feeds
}

/** Left, top, right and bottom in the model's input. */
export function boxCorners({ x, y, width, height }: NonNullable<SamPrompt['box']>, frame: Frame): number[] {
  return [...toFrame(frame, x, y), ...toFrame(frame, x + width, y + height)]
}
