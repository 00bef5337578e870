import type { z } from 'zod'
import { PrelabelError } from '../../errors.js'

/**
 * Options as their schema reads them.
 *
 * @param owner the function they were given to, for the message
 * @throws PrelabelError `invalid-llm-options`
 */
export function checkOptions<T extends z.ZodType>(owner: string, schema: T, options: unknown): z.output<T> {
  const read = schema.safeParse(options)
  if (read.success) return read.data
  const [issue] = read.error.issues
  const path = [owner, ...(issue?.path ?? [])].join('.')
  throw new PrelabelError(`${path}: ${issue?.message ?? 'not valid'}`, { code: 'invalid-llm-options', path })
}
