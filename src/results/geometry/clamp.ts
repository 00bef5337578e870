import type { Box } from '../findings.js'
import type { Point, Size } from './units.js'

/** The nearest point of the picture. `size` has the unit of the point (100 × 100 for percent). */
export function clampPoint(point: Point, size: Size): Point {
  return { x: clampNumber(point.x, 0, size.width), y: clampNumber(point.y, 0, size.height) }
}

/**
 * The part of an upright box that is inside the picture; undefined when nothing is. `size` has the unit of the box.
 * A rotated box has no such rectangle: it comes back as it is, or undefined when its centre is outside.
 */
export function clampBox(box: Box, size: Size): Box | undefined {
  if (box.rotation !== undefined && box.rotation % 360 !== 0) return centreInside(box, size) ? box : undefined
  const x = Math.max(0, box.x)
  const y = Math.max(0, box.y)
  const width = Math.min(size.width, box.x + box.width) - x
  const height = Math.min(size.height, box.y + box.height) - y
  return width > 0 && height > 0 ? { x, y, width, height } : undefined
}

function centreInside({ x, y, width, height }: Box, size: Size): boolean {
  const centre = { x: x + width / 2, y: y + height / 2 }
  return centre.x >= 0 && centre.y >= 0 && centre.x <= size.width && centre.y <= size.height
}

/** `value`, or the end of the range that it passed. */
export function clampNumber(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value))
}
