/** Boxes turned about their centre, as models say them, and about their top-left corner, as Label Studio does. */

import type { Box } from '../findings.js'
import { boxAroundPoints, isClockwise } from './polygon.js'
import type { Point, Size } from './units.js'

/** The geometry of a `rectangle` value: percent of the picture; turned clockwise about (x, y), in degrees 0..360. */
export interface RectangleGeometry {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
  readonly rotation: number
}

/** Corners in the order top-left, top-right, bottom-right, bottom-left of the box before its turn. */
export type Corners = readonly [Point, Point, Point, Point]

/**
 * A pixel box → Label Studio's rectangle. The turn is done in pixels: in percent of a picture that is not square it
 * would shear.
 */
export function boxToRectangle(box: Box, size: Size): RectangleGeometry {
  const [topLeft] = boxCorners(box)
  return {
    x: (topLeft.x / size.width) * 100,
    y: (topLeft.y / size.height) * 100,
    width: (box.width / size.width) * 100,
    height: (box.height / size.height) * 100,
    rotation: normalizeDegrees(box.rotation ?? 0),
  }
}

/** Label Studio's rectangle → a pixel box; with `rotation` about its centre when it is turned. */
export function rectangleToBox(
  rectangle: Omit<RectangleGeometry, 'rotation'> & { rotation?: number },
  size: Size,
): Box {
  const width = (rectangle.width / 100) * size.width
  const height = (rectangle.height / 100) * size.height
  const topLeft = { x: (rectangle.x / 100) * size.width, y: (rectangle.y / 100) * size.height }
  const rotation = normalizeDegrees(rectangle.rotation ?? 0)
  if (rotation === 0) return { ...topLeft, width, height }
  const toCentre = turn({ x: width / 2, y: height / 2 }, rotation)
  return { x: topLeft.x + toCentre.x - width / 2, y: topLeft.y + toCentre.y - height / 2, width, height, rotation }
}

/** The four corners of a pixel box after its turn. */
export function boxCorners({ x, y, width, height, rotation = 0 }: Box): Corners {
  if (normalizeDegrees(rotation) === 0) {
    return [
      { x, y },
      { x: x + width, y },
      { x: x + width, y: y + height },
      { x, y: y + height },
    ]
  }
  const centre = { x: x + width / 2, y: y + height / 2 }
  const corner = (dx: number, dy: number): Point => {
    const turned = turn({ x: dx, y: dy }, rotation)
    return { x: centre.x + turned.x, y: centre.y + turned.y }
  }
  return [
    corner(-width / 2, -height / 2),
    corner(width / 2, -height / 2),
    corner(width / 2, height / 2),
    corner(-width / 2, height / 2),
  ]
}

/**
 * The box with these pixel corners, given around the box in either direction; the first side becomes the width. Corners
 * of a shape that is not quite a rectangle are averaged.
 */
export function boxFromCorners(corners: Corners): Box {
  const [a, b, c, d] = isClockwise(corners) ? corners : mirrored(corners)
  const width = (distance(a, b) + distance(d, c)) / 2
  const height = (distance(b, c) + distance(a, d)) / 2
  const along = { x: b.x - a.x + (c.x - d.x), y: b.y - a.y + (c.y - d.y) }
  const rotation = normalizeDegrees((Math.atan2(along.y, along.x) * 180) / Math.PI)
  const x = (a.x + b.x + c.x + d.x) / 4 - width / 2
  const y = (a.y + b.y + c.y + d.y) / 4 - height / 2
  return rotation === 0 ? { x, y, width, height } : { x, y, width, height, rotation }
}

/** The smallest upright box around a pixel box. */
export function uprightBox(box: Box): Box {
  return boxAroundPoints(boxCorners(box))
}

/** The same angle in 0 ≤ degrees < 360. */
export function normalizeDegrees(degrees: number): number {
  const turned = degrees % 360
  return turned < 0 ? (turned + 360) % 360 : turned + 0
}

/** Turns a vector clockwise, as seen with y down. */
export function turn({ x, y }: Point, degrees: number): Point {
  const angle = (degrees * Math.PI) / 180
  const cos = Math.cos(angle)
  const sin = Math.sin(angle)
  return { x: x * cos - y * sin, y: x * sin + y * cos }
}

function mirrored([a, b, c, d]: Corners): Corners {
  return [b, a, d, c]
}

function distance(a: Point, b: Point): number {
  return Math.hypot(b.x - a.x, b.y - a.y)
}
