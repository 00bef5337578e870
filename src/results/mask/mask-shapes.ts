/** Plain shapes around the pixels of a mask: box, turned box, ellipse. */

import type { Box, MaskPixels } from '../findings.js'
import type { Ellipse } from '../geometry/ellipse.js'
import { boxAroundPoints } from '../geometry/polygon.js'
import { normalizeDegrees, turn } from '../geometry/rotated-box.js'
import type { Point } from '../geometry/units.js'
import { checkMask, createRunScanner, maskCrop } from './mask-pixels.js'

/** The smallest upright pixel box around a mask; undefined when nothing is inside. */
export function maskToBox(mask: MaskPixels): Box | undefined {
  const corners = runCorners(mask)
  return corners.length === 0 ? undefined : boxAroundPoints(corners)
}

/**
 * The turned pixel box of least area around a mask; undefined when nothing is inside. Its angle is the one nearest to
 * upright, so an upright thing gives an upright box.
 */
export function maskToRotatedBox(mask: MaskPixels): Box | undefined {
  const hull = convexHull(runCorners(mask))
  let best: Box | undefined
  hull.forEach((from, index) => {
    const to = hull[(index + 1) % hull.length] ?? from
    const side = (Math.atan2(to.y - from.y, to.x - from.x) * 180) / Math.PI
    const angle = side - Math.round(side / 90) * 90
    const { x, y, width, height } = boxAroundPoints(hull.map((point) => turn(point, -angle)))
    if (best !== undefined && width * height >= best.width * best.height) return
    const centre = turn({ x: x + width / 2, y: y + height / 2 }, angle)
    const box = { x: centre.x - width / 2, y: centre.y - height / 2, width, height }
    best = angle === 0 ? box : { ...box, rotation: normalizeDegrees(angle) }
  })
  return best
}

/**
 * The ellipse with the same centre and the same second moments as a mask: for an elliptic mask, that ellipse. Undefined
 * when nothing is inside.
 */
export function maskToEllipse(mask: MaskPixels): Ellipse | undefined {
  let area = 0
  let sumX = 0
  let sumY = 0
  let sumXX = 0
  let sumYY = 0
  let sumXY = 0
  for (const { from, to, y } of rowRuns(mask)) {
    // Integrals over the rectangle from (from, y) to (to, y + 1).
    const width = to - from
    const x = (from + to) / 2
    const middle = y + 0.5
    area += width
    sumX += width * x
    sumY += width * middle
    sumXX += width * (x * x + (width * width) / 12)
    sumYY += width * (middle * middle + 1 / 12)
    sumXY += width * x * middle
  }
  if (area === 0) return undefined
  const [x, y] = [sumX / area, sumY / area]
  const [xx, yy, xy] = [sumXX / area - x * x, sumYY / area - y * y, sumXY / area - x * y]
  // The eigenvalues of the covariance are a quarter of the squared radii.
  const spread = Math.hypot((xx - yy) / 2, xy)
  const angle = spread < 1e-9 ? 0 : (Math.atan2(2 * xy, xx - yy) / 2) * (180 / Math.PI)
  const radiusX = 2 * Math.sqrt((xx + yy) / 2 + spread)
  const radiusY = 2 * Math.sqrt(Math.max(0, (xx + yy) / 2 - spread))
  return { x, y, radiusX, radiusY, rotation: normalizeDegrees(angle) }
}

interface RowRun {
  readonly from: number
  readonly to: number
  readonly y: number
}

/** Runs of inside pixels, row by row; `to` is exclusive. */
function rowRuns(mask: MaskPixels): RowRun[] {
  checkMask(mask)
  const { data } = mask
  const crop = maskCrop(mask)
  const scanner = createRunScanner(data)
  const runs: RowRun[] = []
  for (let y = 0; y < crop.height; y++) {
    const row = y * crop.width
    for (let from = row, to = row; from < row + crop.width; from = to) {
      to = scanner.nextChange(from, row + crop.width)
      if (data[from] !== 0) runs.push({ from: crop.x + from - row, to: crop.x + to - row, y: crop.y + y })
    }
  }
  return runs
}

/** Corners of the first and last run of every row: all that a box or a hull can touch. */
function runCorners(mask: MaskPixels): Point[] {
  const ends = new Map<number, { from: number; to: number }>()
  for (const { from, to, y } of rowRuns(mask)) ends.set(y, { from: ends.get(y)?.from ?? from, to })
  return [...ends].flatMap(([y, { from, to }]) => [
    { x: from, y },
    { x: from, y: y + 1 },
    { x: to, y },
    { x: to, y: y + 1 },
  ])
}

/** Andrew's monotone chain. */
function convexHull(points: readonly Point[]): Point[] {
  const sorted = [...points].sort((a, b) => a.x - b.x || a.y - b.y)
  const chain = (input: readonly Point[]) => {
    const hull: Point[] = []
    for (const point of input) {
      while (hull.length > 1 && !turnsRight(hull.at(-2), hull.at(-1), point)) hull.pop()
      hull.push(point)
    }
    return hull.slice(0, -1)
  }
  return [...chain(sorted), ...chain(sorted.reverse())]
}

function turnsRight(a: Point | undefined, b: Point | undefined, c: Point): boolean {
  return a !== undefined && b !== undefined && (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x) > 0
}
