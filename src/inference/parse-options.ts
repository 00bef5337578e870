import type { z } from 'zod'
import { PrelabelError } from '../errors.js'

/**
 * Checks options against a schema.
 *
 * @param subject what they are options of: the beginning of the path in the error
 * @throws PrelabelError `invalid-options` with the path of the first wrong option
 */
export function parseOptions<S extends z.ZodType>(subject: string, schema: S, options: unknown): z.output<S> {
  const parsed = schema.safeParse(options)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  const path = [subject, ...(issue?.path ?? [])].join('.')
  throw new PrelabelError(`${path}: ${issue?.message ?? 'invalid'}`, {
    code: 'invalid-options',
    path,
    hint:
      issue?.code === 'unrecognized_keys'
        ? 'Look for a slip in its spelling; nothing is read that is not known.'
        : 'Correct the option; the documentation tells what it takes.',
  })
}
