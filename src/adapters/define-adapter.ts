import { z } from 'zod'
import { canonicalTag } from '../config/index.js'
import { parseOptions } from '../parse-options.js'
import { SHAPE_KINDS } from '../results/types/families.js'
import type { Adapter, Fills } from './adapter.js'
import { findNonJson } from './find-non-json.js'

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
 * @throws PrelabelError `invalid-adapter` for members that cannot be right, that there are not, and `options` that are not
 * plain JSON
 */
export function defineAdapter<const F extends Fills, M = undefined>(adapter: Adapter<M, F>): Adapter<M, F> {
  checkAdapter(adapter)
  return adapter
}

/** @throws PrelabelError `invalid-adapter` for what is no adapter, whoever made it */
export function checkAdapter(value: unknown): void {
  const { data } = named.safeParse(value)
  const name = data === undefined ? 'adapter' : `adapter ${data.name}`
  parseOptions({ name, page: PAGE, code: 'invalid-adapter' }, isInstance(value) ? schema.loose() : schema, value)
}

const PAGE = 'docs/adapters.md'

/** Objects of a class may have members of their own. */
function isInstance(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype !== null && Object.getPrototypeOf(prototype) !== null
}

const named = z.object({ name: z.string().regex(/^[a-z0-9][a-z0-9-]*$/, 'must be kebab-case') })
const limit = z.int().positive('must be a whole number above 0').optional()
const callback = z.custom<(...args: never) => unknown>((value) => typeof value === 'function', 'must be a function')
/** Tags that Label Studio does not know may come from a plugin; known ones in another case are slips. */
const isTag = (tag: string) => canonicalTag(tag) === tag
const tagSlip = (tag: unknown) => `Label Studio writes <${tag}> as <${canonicalTag(String(tag))}>`
const tagName = z.string().refine(isTag, { error: ({ input }) => tagSlip(input) })

const schema = z.strictObject({
  ...named.shape,
  version: z.string().min(1, 'is empty'),
  fills: z
    .record(z.string(), z.array(tagName).min(1, 'names no object tag'))
    .refine((fills) => Object.keys(fills).length > 0, 'names no control tag')
    .superRefine((fills, { addIssue }) => {
      const slip = Object.keys(fills).find((tag) => !isTag(tag))
      if (slip !== undefined) addIssue({ code: 'custom', path: [slip], message: tagSlip(slip) })
    }),
  scope: z.enum(['object', 'task']).optional(),
  reads: z.enum(['data', 'task']).optional(),
  controls: z.array(z.string()).optional(),
  options: z
    .unknown()
    .superRefine((options, { addIssue }) => {
      const found = findNonJson(options)
      if (found !== undefined) addIssue({ code: 'custom', path: [...found.path], message: found.message })
    })
    .optional(),
  prompts: z
    .array(z.enum([...SHAPE_KINDS]))
    .min(1, 'is empty: leave it out, or name what may be drawn')
    .optional(),
  answers: z.enum(['tasks', 'prompts', 'both']).optional(),
  answersRegions: z.boolean().optional(),
  labelMap: z.record(z.string(), z.string().nullable()).optional(),
  classOptions: z.record(z.string(), z.array(z.string())).optional(),
  batchSize: limit,
  alone: z.array(tagName).optional(),
  concurrency: limit,
  inspect: callback.optional(),
  inspectControl: callback.optional(),
  load: callback.optional(),
  predict: callback,
  plan: callback.optional(),
  runBatch: callback.optional(),
  fit: callback.optional(),
  prepare: callback.optional(),
  preparesAhead: z.int().nonnegative('must be a whole number from 0').optional(),
  status: callback.optional(),
  usage: callback.optional(),
  dispose: callback.optional(),
} satisfies Record<keyof Adapter, z.ZodType>)
