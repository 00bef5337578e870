import type { Box } from '../../../results/findings.js'

/** A box at a frame. */
export interface PlacedBox {
  readonly frame: number
  readonly box: Box
}

/**
 * Drops the frames that the editor draws by itself, since it moves a rectangle in a straight line from key frame to key
 * frame: those whose edges lie within `tolerance` of that line. The first and the last one stay, and where the line is
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
  for (let index = from + 1; index < to; index++) {
    const placed = boxes[index]
    if (placed === undefined) continue
    const part = (placed.frame - first.frame) / (last.frame - first.frame)
    const distance = edgeDistance(placed.box, between(first.box, last.box, part))
    if (distance > worst.distance) worst = { index, distance }
  }
  return worst
}

/** What the editor draws between two key frames. */
function between(a: Box, b: Box, part: number): Box {
  const mix = (from: number, to: number) => from + (to - from) * part
  return { x: mix(a.x, b.x), y: mix(a.y, b.y), width: mix(a.width, b.width), height: mix(a.height, b.height) }
}

/** How far the edge that is furthest off is off. */
function edgeDistance(a: Box, b: Box): number {
  return Math.max(
    Math.abs(a.x - b.x),
    Math.abs(a.y - b.y),
    Math.abs(a.x + a.width - b.x - b.width),
    Math.abs(a.y + a.height - b.y - b.height),
  )
}
