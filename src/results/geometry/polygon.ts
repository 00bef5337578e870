import type { Box } from '../findings.js'
import type { Point } from './units.js'

/** Twice the area, positive for outlines that run clockwise as seen with y down. */
function doubleArea(points: readonly Point[]): number {
  let sum = 0
  let before = points.at(-1)
  for (const point of points) {
    if (before !== undefined) sum += before.x * point.y - point.x * before.y
    before = point
  }
  return sum
}

/** Area that an outline encloses, in the square of its unit. */
export function polygonArea(points: readonly Point[]): number {
  return Math.abs(doubleArea(points)) / 2
}

/** True when the outline runs clockwise as seen with y down. */
export function isClockwise(points: readonly Point[]): boolean {
  return doubleArea(points) > 0
}

/** The smallest upright box around points; an empty one without points. */
export function boxAroundPoints(points: Iterable<Point>): Box {
  let left = Infinity
  let top = Infinity
  let right = -Infinity
  let bottom = -Infinity
  for (const { x, y } of points) {
    left = Math.min(left, x)
    top = Math.min(top, y)
    right = Math.max(right, x)
    bottom = Math.max(bottom, y)
  }
  return left <= right
    ? { x: left, y: top, width: right - left, height: bottom - top }
    : { x: 0, y: 0, width: 0, height: 0 }
}
