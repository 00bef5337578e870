import { boxIou } from '../../../results/geometry/iou.js'
import type { SamPrompt } from '../model/sam-model.js'
import type { Frame } from './frame.js'
import { cellsOf, maskExtent } from './mask-extent.js'
import type { Offer } from './read-masks.js'

/**
 * How well a mask obeys a prompt that the model could not be told in full; higher is better. First each point that lies on
 * the wrong side counts, then the predicted IoU times the overlap of the box with the mask's own.
 */
export function fitness({ score, lowRes }: Offer, { points, box }: SamPrompt, frame: Frame): number {
  const { gainX, gainY } = cellsOf(lowRes, frame)
  const isInside = (x: number, y: number) =>
    (lowRes.data[Math.floor(y / gainY) * lowRes.width + Math.floor(x / gainX)] ?? 0) > 0
  const wrong = points.filter(({ x, y, positive }) => isInside(x, y) !== positive).length
  if (box === undefined) return score - wrong
  const extent = maskExtent(lowRes, frame)
  return (extent === undefined ? 0 : score * boxIou(extent.box, box)) - wrong
}
