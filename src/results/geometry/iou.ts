import type { Box } from '../findings.js'
import { polygonArea } from './polygon.js'
import { boxCorners } from './rotated-box.js'
import type { Point } from './units.js'

/** Intersection over union of two pixel boxes, 0..1; turns of the boxes are taken into account. */
export function boxIou(a: Box, b: Box): number {
  const shared = (a.rotation ?? 0) === 0 && (b.rotation ?? 0) === 0 ? uprightOverlap(a, b) : turnedOverlap(a, b)
  const union = a.width * a.height + b.width * b.height - shared
  return union > 0 ? shared / union : 0
}

function uprightOverlap(a: Box, b: Box): number {
  const width = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x)
  const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y)
  return width > 0 && height > 0 ? width * height : 0
}

/** Area of one convex outline cut by the sides of the other (Sutherland and Hodgman). */
function turnedOverlap(a: Box, b: Box): number {
  const cutter = boxCorners(b)
  let outline: readonly Point[] = boxCorners(a)
  cutter.forEach((from, index) => {
    const to = cutter[(index + 1) % cutter.length] ?? from
    outline = cutBySide(outline, from, to)
  })
  return polygonArea(outline)
}

/** What of the outline is to the right of the line, as seen walking from `from` to `to` with y down. */
function cutBySide(outline: readonly Point[], from: Point, to: Point): Point[] {
  const side = (point: Point) => (to.x - from.x) * (point.y - from.y) - (to.y - from.y) * (point.x - from.x)
  const kept: Point[] = []
  outline.forEach((point, index) => {
    const next = outline[(index + 1) % outline.length] ?? point
    const here = side(point)
    const there = side(next)
    if (here >= 0) kept.push(point)
    if (here * there < 0) {
      const t = here / (here - there)
      kept.push({ x: point.x + t * (next.x - point.x), y: point.y + t * (next.y - point.y) })
    }
  })
  return kept
}
