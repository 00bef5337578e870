import { z } from 'zod'
import type { Unit } from '../findings.js'
import { clampPoint } from '../geometry/index.js'
import { checkPercent, checkRotation, fromPercentOf, readUnit, toPercentOf, WHOLE } from './percent.js'
import { defineShape, type Problem } from './shape-type.js'

/** An ellipse by its centre and its radii, turned clockwise about the centre. */
export interface EllipseShape {
  readonly kind: 'ellipse'
  readonly x: number
  readonly y: number
  /** In units of the picture's width. */
  readonly radiusX: number
  /** In units of the picture's height. */
  readonly radiusY: number
  /** Degrees, clockwise. @default 0 */
  readonly rotation?: number
  readonly unit: Unit
}

const value = z.object({
  x: z.number(),
  y: z.number(),
  radiusX: z.number(),
  radiusY: z.number(),
  rotation: z.number().exactOptional(),
})
/** Percent of the picture: x and radiusX of its width, y and radiusY of its height. */
export type EllipseValue = Readonly<z.infer<typeof value>>

export const ellipse = defineShape<EllipseShape, EllipseValue>({
  kind: 'ellipse',
  schema: value,
  toValue({ x, y, radiusX, radiusY, rotation = 0, unit }, place) {
    const radii = toPercentOf(place, { x: radiusX, y: radiusY }, unit)
    return { ...toPercentOf(place, { x, y }, unit), radiusX: radii.x, radiusY: radii.y, rotation }
  },
  fromValue({ x, y, radiusX, radiusY, rotation = 0 }, place) {
    const radii = fromPercentOf(place, { x: radiusX, y: radiusY })
    const centre = fromPercentOf(place, { x, y })
    return { kind: 'ellipse', ...centre, radiusX: radii.x, radiusY: radii.y, rotation, unit: readUnit(place) }
  },
  check: ({ x, y, radiusX, radiusY, rotation }) => [
    ...checkPercent(x, 'x'),
    ...checkPercent(y, 'y'),
    ...checkRadius(radiusX, 'radiusX'),
    ...checkRadius(radiusY, 'radiusY'),
    ...checkRotation(rotation),
  ],
  clamp: (ellipse) => ({ ...ellipse, ...clampPoint(ellipse, WHOLE) }),
})

function checkRadius(radius: number, key: string): Problem[] {
  if (radius > 0) return checkPercent(radius, key)
  return [{ code: 'out-of-range', severity: 'error', key, message: `${key} is ${radius}, must be above 0` }]
}
