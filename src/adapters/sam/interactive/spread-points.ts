import type { MaskPixels } from '../../../results/findings.js'
import type { Point } from '../../../results/geometry/index.js'

/** Pixels that are looked at; a stroke of millions is thinned out to about as many. */
const MOST_CANDIDATES = 2000

/**
 * Points of a mask, far from each other: the first is nearest to the middle of it all, each further one is the farthest from
 * those before. So a stroke across a thing says all along that it is this thing, and what it leaves out stays open.
 */
export function spreadPoints(mask: MaskPixels, count: number): Point[] {
  const candidates = candidatesIn(mask)
  const middle = {
    x: mean(candidates.map(({ x }) => x)),
    y: mean(candidates.map(({ y }) => y)),
  }
  let next = nearest(candidates, middle)
  const chosen: Point[] = []
  const distances = candidates.map(() => Number.POSITIVE_INFINITY)
  while (next !== undefined && chosen.length < count) {
    chosen.push(next)
    let farthest = 0
    const last = next
    next = undefined
    for (const [index, candidate] of candidates.entries()) {
      const distance = Math.min(distances[index] ?? 0, squaredDistance(candidate, last))
      distances[index] = distance
      if (distance <= farthest) continue
      farthest = distance
      next = candidate
    }
  }
  return chosen
}

/** Centres of inside pixels, evenly thinned out. */
function candidatesIn({ width, data }: MaskPixels): Point[] {
  let inside = 0
  for (const value of data) if (value !== 0) inside++
  const step = Math.max(1, Math.floor(inside / MOST_CANDIDATES))
  const points: Point[] = []
  let seen = 0
  for (let index = 0; index < data.length; index++) {
    if (data[index] === 0 || seen++ % step !== 0) continue
    points.push({ x: (index % width) + 0.5, y: Math.floor(index / width) + 0.5 })
  }
  return points
}

function nearest(points: readonly Point[], to: Point): Point | undefined {
  return points.reduce<Point | undefined>(
    (best, point) => (best === undefined || squaredDistance(point, to) < squaredDistance(best, to) ? point : best),
    undefined,
  )
}

function squaredDistance(a: Point, b: Point): number {
  return (a.x - b.x) ** 2 + (a.y - b.y) ** 2
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}
