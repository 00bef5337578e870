import type { Box, Unit } from '../findings.js'

/** Pixel size of a picture. */
export interface Size {
  readonly width: number
  readonly height: number
}

/** A place in a picture: x to the right, y down. */
export interface Point {
  readonly x: number
  readonly y: number
}

/** Units across (x, width) and down (y, height) that make up one whole picture. */
function whole(unit: Unit, size: Size): Point {
  if (unit === 'pixel') return { x: size.width, y: size.height }
  return unit === 'fraction' ? { x: 1, y: 1 } : { x: 100, y: 100 }
}

/** The same point in another unit. `size` is that of the shown picture, in pixels. */
export function convertPoint(point: Point, from: Unit, to: Unit, size: Size): Point {
  if (from === to) return { x: point.x, y: point.y }
  const source = whole(from, size)
  const target = whole(to, size)
  return { x: (point.x * target.x) / source.x, y: (point.y * target.y) / source.y }
}

/**
 * The same box in another unit. The rotation is kept: it is an angle in the picture's pixels, whatever the unit of the
 * sides.
 */
export function convertBox(box: Box, from: Unit, to: Unit, size: Size): Box {
  const { x, y } = convertPoint(box, from, to, size)
  const side = convertPoint({ x: box.width, y: box.height }, from, to, size)
  return { x, y, width: side.x, height: side.y, ...(box.rotation === undefined ? {} : { rotation: box.rotation }) }
}

/** A pixel point → percent of the picture's width and height, as Label Studio writes places. */
export function toPercent(point: Point, size: Size): Point {
  return convertPoint(point, 'pixel', 'percent', size)
}

/** Percent of the picture's width and height → pixels. */
export function fromPercent(point: Point, size: Size): Point {
  return convertPoint(point, 'percent', 'pixel', size)
}
