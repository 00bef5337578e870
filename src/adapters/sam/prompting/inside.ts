import type { Size } from '../../../inference/pictures/letterbox.js'
import type { SamPrompt } from '../model/sam-model.js'

/**
 * Whether the model can make something of a prompt: each point lies on the picture, the box overlaps it, and something
 * was said at all.
 */
export function isInside({ points, box, mask }: SamPrompt, { width, height }: Size): boolean {
  if (points.length === 0 && box === undefined && mask === undefined) return false
  const pointsInside = points.every(({ x, y }) => x >= 0 && y >= 0 && x <= width && y <= height)
  const overlaps =
    box === undefined || (box.x < width && box.y < height && box.x + box.width > 0 && box.y + box.height > 0)
  return pointsInside && overlaps
}
