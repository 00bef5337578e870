import { z } from 'zod'
import type { Unit } from '../findings.js'
import { clampBox } from '../geometry/index.js'
import { checkPercent, fromPercentOf, ROUNDING, readUnit, toPercentOf } from './percent.js'
import { defineShape, type Problem } from './shape-type.js'

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

const value = z.object({
  x: z.number(),
  y: z.number(),
  width: z.number(),
  height: z.number(),
  rotation: z.number().exactOptional(),
})
/** Percent of the picture; degrees clockwise about (x, y). */
export type RectangleValue = Readonly<z.infer<typeof value>>

export const rectangle = defineShape<RectangleShape, RectangleValue>({
  kind: 'rectangle',
  schema: value,
  toValue({ x, y, width, height, rotation = 0, unit }, place) {
    const corner = toPercentOf(place, { x, y }, unit)
    const side = toPercentOf(place, { x: width, y: height }, unit)
    return { ...corner, width: side.x, height: side.y, rotation }
  },
  fromValue({ x, y, width, height, rotation = 0 }, place) {
    const side = fromPercentOf(place, { x: width, y: height })
    return {
      kind: 'rectangle',
      ...fromPercentOf(place, { x, y }),
      width: side.x,
      height: side.y,
      rotation,
      unit: readUnit(place),
    }
  },
  check(rect) {
    return [...checkPercent(rect, ['x', 'y', 'width', 'height']), ...checkSides(rect), ...checkTurn(rect)]
  },
  clamp(rect) {
    if ((rect.rotation ?? 0) % 360 !== 0) return rect
    const inside = clampBox({ x: rect.x, y: rect.y, width: rect.width, height: rect.height }, WHOLE)
    return inside === undefined ? undefined : { ...rect, ...inside }
  },
})

const WHOLE = { width: 100, height: 100 }

function checkSides({ x, y, width, height, rotation = 0 }: RectangleValue): Problem[] {
  const problems: Problem[] = []
  for (const [key, side] of Object.entries({ width, height })) {
    if (side < 0)
      problems.push({ code: 'out-of-range', severity: 'error', key, message: `${key} is ${side}, must be above 0` })
    else if (side === 0)
      problems.push({ code: 'empty-region', severity: 'warning', key, message: `${key} is 0: nothing can be seen` })
  }
  if (rotation % 360 !== 0) return problems
  for (const [key, from, size] of [
    ['x', x, width],
    ['y', y, height],
  ] as const) {
    if (from >= -ROUNDING && from + size <= 100 + ROUNDING) continue
    if (from > 100 + ROUNDING || size > 100 + ROUNDING || size < 0) continue
    const gone = from + size <= 0
    problems.push({
      code: 'outside-picture',
      severity: gone ? 'error' : 'warning',
      key,
      message: `the rectangle reaches from ${from} to ${from + size}${gone ? ', outside the picture' : ', beyond the picture'}`,
      hint: 'Clamp it to 0..100 (option `clamp`).',
    })
  }
  return problems
}

function checkTurn({ rotation }: RectangleValue): Problem[] {
  if (rotation === undefined)
    return [
      {
        code: 'missing-rotation',
        severity: 'warning',
        key: 'rotation',
        message: 'rotation is missing: the editor takes 0',
        hint: 'Write `rotation: 0`.',
      },
    ]
  if (Math.abs(rotation) > 360)
    return [
      {
        code: 'out-of-range',
        severity: 'warning',
        key: 'rotation',
        message: `rotation is ${rotation}, more than a full turn`,
        hint: 'Bring it into 0..360 degrees.',
      },
    ]
  return []
}
