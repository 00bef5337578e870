import { z } from 'zod'
import type { Unit } from '../findings.js'
import { clampBox } from '../geometry/index.js'
import { checkPercent, checkRotation, fromPercentOf, ROUNDING, readUnit, toPercentOf, WHOLE } from './percent.js'
import { defineShape, type Place, type Problem } from './shape-type.js'

/** A rectangle. With `rotation` it is turned clockwise about its top-left corner (x, y), as Label Studio turns it. */
export interface RectangleShape {
  readonly kind: 'rectangle'
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
  /** Degrees, clockwise. @default 0 */
  readonly rotation?: number
  readonly unit: Unit
}

export const rectangleValue = z.object({
  x: z.number(),
  y: z.number(),
  width: z.number(),
  height: z.number(),
  rotation: z.number().exactOptional(),
})
/** Percent of the picture; degrees clockwise about (x, y). */
export type RectangleValue = Readonly<z.infer<typeof rectangleValue>>

export const rectangle = defineShape<RectangleShape, RectangleValue>({
  kind: 'rectangle',
  schema: rectangleValue,
  toValue: toRectangleValue,
  fromValue: (value, place) => ({ kind: 'rectangle', ...fromRectangleValue(value, place), unit: readUnit(place) }),
  check: (value) => [...checkRectangle(value), ...checkRotation(value.rotation)],
  clamp: clampRectangle,
})

export function toRectangleValue(
  { x, y, width, height, rotation = 0, unit }: Omit<RectangleShape, 'kind'>,
  place: Place,
): Required<RectangleValue> {
  const side = toPercentOf(place, { x: width, y: height }, unit)
  return { ...toPercentOf(place, { x, y }, unit), width: side.x, height: side.y, rotation }
}

export function fromRectangleValue(value: RectangleValue, place: Place): Required<RectangleValue> {
  const side = fromPercentOf(place, { x: value.width, y: value.height })
  return { ...fromPercentOf(place, value), width: side.x, height: side.y, rotation: value.rotation ?? 0 }
}

/** A turned rectangle stays as it is: its part inside the picture is no rectangle. */
export function clampRectangle<V extends RectangleValue>(value: V): V | undefined {
  const { x, y, width, height, rotation = 0 } = value
  if (rotation % 360 !== 0) return value
  const inside = clampBox({ x, y, width, height }, WHOLE)
  return inside === undefined ? undefined : { ...value, ...inside }
}

/** Problems of a rectangle's sides; `prefix` stands before their keys. */
export function checkRectangle({ x, y, width, height, rotation = 0 }: RectangleValue, prefix = ''): Problem[] {
  const upright = rotation % 360 === 0
  return [
    ...checkSide({ from: x, length: width, upright }, `${prefix}x`, `${prefix}width`),
    ...checkSide({ from: y, length: height, upright }, `${prefix}y`, `${prefix}height`),
  ]
}

interface Side {
  readonly from: number
  readonly length: number
  readonly upright: boolean
}

function checkSide({ from, length, upright }: Side, fromKey: string, lengthKey: string): Problem[] {
  if (length < 0)
    return [
      {
        code: 'out-of-range',
        severity: 'error',
        key: lengthKey,
        message: `${lengthKey} is ${length}, must be above 0`,
      },
    ]
  const sizes = [...checkPercent(from, fromKey), ...checkPercent(length, lengthKey)]
  if (length === 0)
    sizes.push({
      code: 'empty-region',
      severity: 'warning',
      key: lengthKey,
      message: `${lengthKey} is 0: nothing is seen`,
    })
  const end = from + length
  if (sizes.some(({ severity }) => severity === 'error') || !upright) return sizes
  if (length > 0 && end <= 0)
    return [
      {
        code: 'outside-picture',
        severity: 'error',
        key: fromKey,
        message: `the rectangle reaches from ${from} to ${end}, wholly outside the picture`,
      },
    ]
  if (end > 100 + ROUNDING)
    sizes.push({
      code: 'outside-picture',
      severity: 'warning',
      key: lengthKey,
      message: `the rectangle reaches to ${end}, beyond the picture`,
      hint: 'Clamp it to 0..100.',
    })
  return sizes
}
