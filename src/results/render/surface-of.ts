/** What an object must show for findings of some kind to be put on it. */

import { PrelabelError } from '../../errors.js'
import type { Size } from '../geometry/index.js'
import type { Target } from './target.js'

type Shown = Pick<Target, 'surface' | 'object'>

/** Pixel size of the shown picture. @throws PrelabelError `surface-unknown` */
export function sizeOf({ surface, object }: Shown): Size {
  if ('width' in surface && 'height' in surface) {
    const { width, height } = surface
    if (typeof width === 'number' && typeof height === 'number' && width > 0 && height > 0) return { width, height }
  }
  throw unknownSurface(`the size of the picture is not known for ${object.path}`)
}

/** @throws PrelabelError `surface-unknown` */
export function utterancesOf({ surface, object }: Shown): readonly { readonly text: string }[] {
  if ('utterances' in surface && Array.isArray(surface.utterances)) return surface.utterances
  throw unknownSurface(`the utterances are not known for ${object.path}`)
}

function unknownSurface(message: string): PrelabelError {
  return new PrelabelError(message, {
    code: 'surface-unknown',
    hint: 'Pass what the object shows as `surface`: the input that the adapter was given fits.',
  })
}
