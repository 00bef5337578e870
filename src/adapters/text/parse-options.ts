import type { z } from 'zod'
import { PrelabelError } from '../../errors.js'

/**
 * Checks the options of an adapter.
 *
 * @throws PrelabelError `invalid-options`, naming the first option that is wrong
 */
export function parseOptions<S extends z.ZodType>(adapter: string, schema: S, options: unknown): z.output<S> {
  const parsed = schema.safeParse(options)
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues[0]
  const where = issue?.path.join('.') ?? ''
  throw new PrelabelError(`${adapter}: ${where === '' ? '' : `${where}: `}${issue?.message ?? 'invalid options'}`, {
    code: 'invalid-options',
    path: where === '' ? adapter : `${adapter}.${where}`,
    hint: `See the options of ${adapter} in the documentation.`,
  })
}

/** The options as plain JSON, for the model version: without modules, and without what changes no answer. */
export function describeOptions(settings: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const silent = [
    'name',
    'onnxruntime',
    'transformers',
    'hub',
    'token',
    'cacheFolder',
    'thread',
    'threads',
    'batchSize',
    'microBatch',
    'microBatchTokens',
    'controls',
  ]
  return Object.fromEntries(
    Object.entries(settings).filter(([key, value]) => !silent.includes(key) && value !== undefined),
  )
}
