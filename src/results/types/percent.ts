/** Places in pictures: people say the unit, Label Studio wants percent. */

import { PrelabelError } from '../../errors.js'
import type { Unit } from '../findings.js'
import { convertPoint, type Point, type Size } from '../geometry/index.js'
import type { Place, Problem } from './shape-type.js'

/** Rounding that a conversion to percent and back may leave. */
export const ROUNDING = 1e-6

/** The picture in percent of itself. */
export const WHOLE: Size = { width: 100, height: 100 }

/**
 * A place, or a pair of lengths across and down, in percent of the picture.
 *
 * @throws PrelabelError `unknown-picture-size` for pixels of a picture whose size is not known
 */
export function toPercentOf(place: Place, point: Point, unit: Unit): Point {
  return convertPoint(point, unit, 'percent', unit === 'pixel' ? sizeOf(place) : WHOLE)
}

/** In pixels when the size of the picture is known, else as it stands in percent. */
export function fromPercentOf(place: Place, point: Point): Point {
  return place.size === undefined ? { x: point.x, y: point.y } : convertPoint(point, 'percent', 'pixel', place.size)
}

/** The unit in which `fromPercentOf` answers. */
export function readUnit(place: Place): Unit {
  return place.size === undefined ? 'percent' : 'pixel'
}

function sizeOf({ size, object }: Place): Size {
  if (size !== undefined) return size
  throw new PrelabelError(`pixels need the size of the picture, which is not known for ${object.path}`, {
    code: 'unknown-picture-size',
    path: object.path,
    hint: `Give it with \`draft.surface(${JSON.stringify(object.name)}, { width, height })\`, or use fractions or percent.`,
  })
}

/**
 * Problems of a place in the picture. Above 100 it is drawn outside and Label Studio's server refuses it; below 0 it is
 * drawn outside.
 */
export function checkPercent(number: number, key: string): Problem[] {
  if (number > 100 + ROUNDING)
    return [
      {
        code: 'out-of-range',
        severity: 'error',
        key,
        message: `${key} is ${number}, must be at most 100`,
        hint: 'Label Studio wants percent of the picture, not pixels.',
      },
    ]
  if (number < -ROUNDING)
    return [
      {
        code: 'outside-picture',
        severity: 'warning',
        key,
        message: `${key} is ${number}, outside the picture`,
        hint: 'Clamp it to 0..100.',
      },
    ]
  return []
}

/** Problems of a turn, which the editor takes as it is. */
export function checkRotation(rotation: number | undefined, key = 'rotation'): Problem[] {
  if (rotation === undefined)
    return [
      {
        code: 'missing-default',
        severity: 'warning',
        key,
        message: `${key} is missing: the editor takes 0, other readers may not`,
        hint: 'Write `rotation: 0`.',
      },
    ]
  if (Math.abs(rotation) <= 360) return []
  return [
    {
      code: 'over-full-turn',
      severity: 'warning',
      key,
      message: `${key} is ${rotation}, more than a full turn; Label Studio's server refuses it`,
      hint: 'Bring it into 0..360 degrees.',
    },
  ]
}
