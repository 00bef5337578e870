import { PrelabelError } from '../../errors.js'
import type { Item } from '../adapter.js'

/** An error about a picture, with the field of the task that it came from. */
export function pictureError(error: Error, { object: { field } }: Pick<Item, 'object'>): Error {
  if (!PrelabelError.isInstance(error) || error.path !== undefined || field === undefined) return error
  const { message, code, hint, cause } = error
  return new PrelabelError(message, {
    code,
    path: `data.${field}`,
    cause,
    ...(hint === undefined ? {} : { hint }),
  })
}
