import type { Box } from '../findings.js'
import { normalizeDegrees, turn } from './rotated-box.js'
import type { Point, Size } from './units.js'

/** An ellipse in pixels: centre, radii along its own axes, degrees clockwise about the centre. */
export interface Ellipse {
  readonly x: number
  readonly y: number
  readonly radiusX: number
  readonly radiusY: number
  readonly rotation?: number
}

/** The geometry of an `ellipse` value: percent of the picture's width (x, radiusX) and height (y, radiusY). */
export type EllipseGeometry = Required<Ellipse>

/** The ellipse that touches the four sides of a pixel box. */
export function ellipseInBox({ x, y, width, height, rotation }: Box): Ellipse {
  const ellipse = { x: x + width / 2, y: y + height / 2, radiusX: width / 2, radiusY: height / 2 }
  return rotation === undefined ? ellipse : { ...ellipse, rotation }
}

/** The pixel box around an ellipse, turned with it. */
export function boxOfEllipse({ x, y, radiusX, radiusY, rotation }: Ellipse): Box {
  const box = { x: x - radiusX, y: y - radiusY, width: radiusX * 2, height: radiusY * 2 }
  return rotation === undefined || normalizeDegrees(rotation) === 0 ? box : { ...box, rotation }
}

/** A pixel ellipse → Label Studio's. Both turn about the centre, so the angle stays. */
export function ellipseToPercent({ x, y, radiusX, radiusY, rotation = 0 }: Ellipse, size: Size): EllipseGeometry {
  return {
    x: (x / size.width) * 100,
    y: (y / size.height) * 100,
    radiusX: (radiusX / size.width) * 100,
    radiusY: (radiusY / size.height) * 100,
    rotation: normalizeDegrees(rotation),
  }
}

/** Label Studio's ellipse → pixels. */
export function ellipseFromPercent({ x, y, radiusX, radiusY, rotation = 0 }: Ellipse, size: Size): EllipseGeometry {
  return {
    x: (x * size.width) / 100,
    y: (y * size.height) / 100,
    radiusX: (radiusX * size.width) / 100,
    radiusY: (radiusY * size.height) / 100,
    rotation,
  }
}

/** Points of a pixel ellipse, evenly spread, clockwise as seen with y down. */
export function ellipsePoints({ x, y, radiusX, radiusY, rotation = 0 }: Ellipse, count = 64): Point[] {
  return Array.from({ length: count }, (_, index) => {
    const angle = (index / count) * 2 * Math.PI
    const point = turn({ x: radiusX * Math.cos(angle), y: radiusY * Math.sin(angle) }, rotation)
    return { x: x + point.x, y: y + point.y }
  })
}
