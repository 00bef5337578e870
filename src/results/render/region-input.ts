import { PrelabelError } from '../../errors.js'
import type { Size } from '../geometry/index.js'
import type { Target } from './target.js'

/** The label of a region as builders take it. */
export function labelInput({ label }: Target): { readonly label?: string } {
  return label === undefined ? {} : { label }
}

/** The value key of the control with its label: for values that are spelled here. */
export function labelValue({ control, label }: Target): Readonly<Record<string, readonly string[]>> {
  return label === undefined ? {} : { [control.valueKey]: [label] }
}

/** @throws PrelabelError `surface-unknown` */
export function sizeOf({ surface, object }: Target): Size {
  if ('width' in surface && 'height' in surface) {
    const { width, height } = surface
    if (typeof width === 'number' && typeof height === 'number' && width > 0 && height > 0) return { width, height }
  }
  throw unknownSurface(`the picture's size is not known for ${object.path}`)
}

export function unknownSurface(message: string): PrelabelError {
  return new PrelabelError(message, {
    code: 'surface-unknown',
    hint: 'Pass what the object shows as `surface`: the input that the adapter was given fits.',
  })
}
