import { z } from 'zod'
import type { Unit } from '../findings.js'
import { clampPoint } from '../geometry/index.js'
import { checkPercent, fromPercentOf, readUnit, toPercentOf, WHOLE } from './percent.js'
import { defineShape, type Place } from './shape-type.js'

/** An outline without holes. */
export interface PolygonShape {
  readonly kind: 'polygon'
  /** x, y of each corner. */
  readonly points: readonly (readonly [x: number, y: number])[]
  /** @default true */
  readonly closed?: boolean
  readonly unit: Unit
}

const value = z.object({
  points: z.array(z.tuple([z.number(), z.number()]).readonly()).readonly(),
  closed: z.boolean().exactOptional(),
})
/** Percent of the picture. */
export type PolygonValue = Readonly<z.infer<typeof value>>

export const polygon = defineShape<PolygonShape, PolygonValue>({
  kind: 'polygon',
  schema: value,
  toValue: ({ points, closed = true, unit }, place) => ({
    points: points.map(([x, y]) => pair(toPercentOf(place, { x, y }, unit))),
    closed,
  }),
  fromValue: ({ points, closed = true }, place: Place) => ({
    kind: 'polygon',
    points: points.map(([x, y]) => pair(fromPercentOf(place, { x, y }))),
    closed,
    unit: readUnit(place),
  }),
  check({ points }) {
    if (points.length < 3)
      return [
        {
          code: 'too-few-points',
          severity: 'error',
          key: 'points',
          message: `an outline needs at least 3 points, got ${points.length}`,
        },
      ]
    return points.flatMap(([x, y], index) => [
      ...checkPercent(x, `points[${index}][0]`),
      ...checkPercent(y, `points[${index}][1]`),
    ])
  },
  clamp: (polygon) => ({ ...polygon, points: polygon.points.map(([x, y]) => pair(clampPoint({ x, y }, WHOLE))) }),
})

function pair({ x, y }: { x: number; y: number }): readonly [number, number] {
  return [x, y]
}
