import type { Box } from '../../../src/results/findings.js'
import { boxIou } from '../../../src/results/geometry/iou.js'

/** Intersection over union with centre, width, height and angle in radians. */
export function orientedSimilarity(
  box: Box,
  [x, y, width, height, angle]: readonly [number, number, number, number, number],
) {
  const theirs = { x: x - width / 2, y: y - height / 2, width, height, rotation: (angle * 180) / Math.PI }
  return boxIou(box, theirs)
}
