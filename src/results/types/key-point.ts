import { z } from 'zod'
import type { Unit } from '../findings.js'
import { clampPoint } from '../geometry/index.js'
import { checkPercent, fromPercentOf, readUnit, toPercentOf, WHOLE } from './percent.js'
import { defineShape } from './shape-type.js'

/** A point. */
export interface KeyPointShape {
  readonly kind: 'keypoint'
  readonly x: number
  readonly y: number
  /** How large it is drawn, in units of the picture's width. @default half a percent of the picture */
  readonly width?: number
  readonly unit: Unit
}

const DEFAULT_WIDTH = 0.5

const value = z.object({ x: z.number(), y: z.number(), width: z.number() })
/** Percent of the picture; `width` is the size of the dot in percent of the picture's width, without which the editor draws nothing. */
export type KeyPointValue = Readonly<z.infer<typeof value>>

export const keyPoint = defineShape<KeyPointShape, KeyPointValue>({
  kind: 'keypoint',
  schema: value,
  toValue: ({ x, y, width, unit }, place) => ({
    ...toPercentOf(place, { x, y }, unit),
    width: width === undefined ? DEFAULT_WIDTH : toPercentOf(place, { x: width, y: 0 }, unit).x,
  }),
  fromValue: ({ x, y, width }, place) => ({
    kind: 'keypoint',
    ...fromPercentOf(place, { x, y }),
    width: fromPercentOf(place, { x: width, y: 0 }).x,
    unit: readUnit(place),
  }),
  check: ({ x, y, width }) => [
    ...checkPercent(x, 'x'),
    ...checkPercent(y, 'y'),
    ...(width > 0
      ? checkPercent(width, 'width')
      : [
          {
            code: 'out-of-range',
            severity: 'error',
            key: 'width',
            message: `width is ${width}, must be above 0`,
          } as const,
        ]),
  ],
  clamp: (point) => ({ ...point, ...clampPoint(point, WHOLE) }),
})
