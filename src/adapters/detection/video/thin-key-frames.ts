import type { Box } from '../../../results/findings.js'
import {
  boxCorners,
  boxToRectangle,
  normalizeDegrees,
  type RectangleGeometry,
  rectangleToBox,
  type Size,
} from '../../../results/geometry/index.js'

/** A box at a frame. */
export interface PlacedBox {
  readonly frame: number
  readonly box: Box
}

/**
 * Drops the frames that the editor draws by itself, since it moves a rectangle in a straight line from key frame to key
 * frame: those whose corners lie within `tolerance` of that line. The first and the last one stay, and where the line is
 * too far off the frame that is furthest from it (Ramer, Douglas and Peucker's method over time).
 *
 * @param boxes by rising frame
 */
export function thinKeyFrames<B extends PlacedBox>(boxes: readonly B[], tolerance: number): B[] {
  const kept = new Set([0, boxes.length - 1])
  const stretches: [number, number][] = [[0, boxes.length - 1]]
  for (let stretch = stretches.pop(); stretch !== undefined; stretch = stretches.pop()) {
    const [from, to] = stretch
    const worst = furthest(boxes, from, to)
    if (worst.distance <= tolerance) continue
    kept.add(worst.index)
    stretches.push([from, worst.index], [worst.index, to])
  }
  return boxes.filter((_, index) => kept.has(index))
}

function furthest(boxes: readonly PlacedBox[], from: number, to: number): { index: number; distance: number } {
  const [first, last] = [boxes[from], boxes[to]]
  let worst = { index: from, distance: 0 }
  if (first === undefined || last === undefined) return worst
  const [start, end] = [boxToRectangle(first.box, SAME), boxToRectangle(last.box, SAME)]
  for (let index = from + 1; index < to; index++) {
    const placed = boxes[index]
    if (placed === undefined) continue
    const part = (placed.frame - first.frame) / (last.frame - first.frame)
    const distance = cornerDistance(placed.box, rectangleToBox(between(start, end, part), SAME))
    if (distance > worst.distance) worst = { index, distance }
  }
  return worst
}

/** A picture in which percent, which Label Studio's rectangles are in, are pixels. */
const SAME: Size = { width: 100, height: 100 }

/** What the editor draws between two key frames: it turns the rectangle about its first corner, the shorter way round. */
function between(a: RectangleGeometry, b: RectangleGeometry, part: number): RectangleGeometry {
  const mix = (from: number, to: number) => from + (to - from) * part
  const turn = normalizeDegrees(b.rotation - a.rotation)
  return {
    x: mix(a.x, b.x),
    y: mix(a.y, b.y),
    width: mix(a.width, b.width),
    height: mix(a.height, b.height),
    rotation: a.rotation + (turn > 180 ? turn - 360 : turn) * part,
  }
}

/** How far the corner that is furthest off is off, across or down. */
function cornerDistance(a: Box, b: Box): number {
  const those = boxCorners(b)
  const apart = boxCorners(a).map(({ x, y }, i) =>
    Math.max(Math.abs(x - (those[i]?.x ?? x)), Math.abs(y - (those[i]?.y ?? y))),
  )
  return Math.max(...apart)
}
