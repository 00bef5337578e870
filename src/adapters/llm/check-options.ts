import { z } from 'zod'
import { nearestName } from '../../config/nearest-name.js'
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
  if (issue?.code === 'unrecognized_keys') throw unknownOption(path, issue.keys, known(schema, issue.path))
  throw new PrelabelError(`${path}: ${issue?.message ?? 'not valid'}`, { code: 'invalid-llm-options', path })
}

/** Names of the options beside one that is not known. */
function known(schema: z.ZodType, path: readonly PropertyKey[]): readonly string[] {
  const at = path.reduce<unknown>((within, step) => {
    const plain = unwrapped(within)
    return plain instanceof z.ZodObject ? plain.shape[String(step)] : undefined
  }, schema)
  const plain = unwrapped(at)
  return plain instanceof z.ZodObject ? Object.keys(plain.shape) : []
}

function unwrapped(schema: unknown): unknown {
  return schema instanceof z.ZodOptional || schema instanceof z.ZodDefault ? unwrapped(schema.unwrap()) : schema
}

function unknownOption(path: string, [key = '']: readonly string[], names: readonly string[]): PrelabelError {
  const meant = nearestName(key, names)
  return new PrelabelError(`${path} has no option \`${key}\``, {
    code: 'invalid-llm-options',
    path,
    hint: meant === undefined ? `Its options are ${names.join(', ')}.` : `Did you mean \`${meant}\`?`,
  })
}
