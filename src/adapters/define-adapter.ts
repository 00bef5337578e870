import { z } from 'zod'
import { canonicalTag } from '../config/index.js'
import { PrelabelError } from '../errors.js'
import type { Adapter, Fills } from './adapter.js'

/**
 * Checks an adapter and returns it, with the types of its items inferred from `fills`.
 *
 * @example
 * const shout = defineAdapter({
 *   name: 'shout',
 *   version: '1.0.0',
 *   fills: { TextArea: ['Text'] },
 *   predict: (items) => items.map(({ input }) => [{ kind: 'text', text: input.text.toUpperCase() }]),
 * })
 *
 * @throws PrelabelError `invalid-adapter` when name, version, fills or limits cannot be right
 */
export function defineAdapter<const F extends Fills, M = undefined>(adapter: Adapter<M, F>): Adapter<M, F> {
  checkAdapter(adapter)
  return adapter
}

/** @throws PrelabelError `invalid-adapter` for what is no adapter, whoever made it */
export function checkAdapter(value: unknown): void {
  const checked = schema.safeParse(value)
  const path = checked.data?.name === undefined ? 'adapter' : `adapter ${checked.data.name}`
  const [issue] = checked.error?.issues ?? []
  const wrong =
    issue === undefined ? misspelledTag(checked.data?.fills) : `${z.core.toDotPath(issue.path)}: ${issue.message}`
  if (wrong === undefined) return
  throw new PrelabelError(wrong, { code: 'invalid-adapter', path, hint: 'Make adapters with `defineAdapter`.' })
}

const limit = z.int().positive('must be a whole number above 0').optional()
const callback = z.custom<(...args: never) => unknown>((value) => typeof value === 'function', 'must be a function')

const schema = z.looseObject({
  name: z.string().regex(/^[a-z0-9][a-z0-9-]*$/, 'must be kebab-case'),
  version: z.string().min(1, 'is empty'),
  fills: z
    .record(z.string(), z.array(z.string()).min(1, 'names no object tag'))
    .refine((fills) => Object.keys(fills).length > 0, 'names no control tag'),
  batchSize: limit,
  concurrency: limit,
  alone: z.array(z.string()).optional(),
  reads: z.enum(['data', 'task']).optional(),
  answers: z.enum(['tasks', 'prompts', 'both']).optional(),
  answersRegions: z.boolean().optional(),
  prompts: z.array(z.string()).min(1, 'is empty: leave it out, or name what may be drawn').optional(),
  predict: callback,
})

/** Tags that Label Studio does not know may come from a plugin; known ones in another case are slips. */
function misspelledTag(fills: Readonly<Record<string, unknown>> | undefined): string | undefined {
  const slip = Object.keys(fills ?? {}).find((tag) => canonicalTag(tag) !== tag)
  return slip === undefined ? undefined : `fills: Label Studio writes <${slip}> as <${canonicalTag(slip)}>`
}
