/** Units of places in pictures: people say them, Label Studio wants percent. */

import { PrelabelError } from '../../errors.js'
import type { Unit } from '../findings.js'
import { convertPoint, type Point } from '../geometry/index.js'
import type { Place, Problem } from './shape-type.js'

/** Rounding that a conversion to percent and back may leave. */
export const ROUNDING = 1e-6

/**
 * A place in percent of the picture.
 *
 * @throws PrelabelError `unknown-picture-size` for pixels of a picture whose size is not known
 */
export function toPercentOf(place: Place, point: Point, unit: Unit): Point {
  return convertPoint(point, unit, 'percent', unit === 'pixel' ? sizeOf(place) : { width: 100, height: 100 })
}

/** A place in pixels when the size of the picture is known, else as it stands in percent. */
export function fromPercentOf(place: Place, point: Point): Point {
  return place.size === undefined ? point : convertPoint(point, 'percent', 'pixel', place.size)
}

/** The unit in which `fromPercentOf` answers. */
export function readUnit(place: Place): Unit {
  return place.size === undefined ? 'percent' : 'pixel'
}

function sizeOf({ size, object }: Place) {
  if (size !== undefined) return size
  throw new PrelabelError(`pixels need the size of the picture, which is not known for ${object.path}`, {
    code: 'unknown-picture-size',
    path: object.path,
    hint: `Give it with \`draft.surface(${JSON.stringify(object.name)}, { width, height })\`, or use fractions or percent.`,
  })
}

/** Problems of numbers that must lie in 0..100. What is above is not drawn where it was meant; Label Studio's server refuses it. */
export function checkPercent(value: Readonly<Record<string, unknown>>, keys: readonly string[]): Problem[] {
  return keys.flatMap((key) => {
    const number = value[key]
    if (typeof number !== 'number' || number <= 100 + ROUNDING) return []
    return [
      {
        code: 'out-of-range',
        severity: 'error',
        key,
        message: `${key} is ${number}, must be at most 100`,
        hint: 'Label Studio wants percent of the picture, not pixels.',
      },
    ]
  })
}
