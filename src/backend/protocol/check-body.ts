import { z } from 'zod'
import { PrelabelError } from '../../errors.js'

/**
 * A request body in the form that its route expects.
 *
 * @throws PrelabelError `body-invalid` (400), with the path of the first field that is wrong
 */
export function checkBody<T extends z.ZodType>(schema: T, body: unknown): z.output<T> {
  const checked = schema.safeParse(body)
  if (checked.success) return checked.data
  const [issue] = checked.error.issues
  const path = z.core.toDotPath(issue?.path ?? [])
  throw new PrelabelError(`the body does not fit: ${path === '' ? '' : `${path}: `}${issue?.message ?? 'not valid'}`, {
    code: 'body-invalid',
    status: 400,
    ...(path === '' ? {} : { path }),
    hint: 'The routes take what Label Studio sends; docs/backend.md shows each body.',
  })
}
