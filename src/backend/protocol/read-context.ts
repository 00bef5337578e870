import { z } from 'zod'
import type { DrawnResults } from '../../adapters/adapter.js'

const context = z.object({ result: z.array(z.unknown()).nullish() })

const result = z.record(z.string(), z.unknown())

/** What was drawn, as far as it can be read. */
export interface ReadContext extends DrawnResults {
  /** Where something stands that cannot be: `params.context.result[0]`. It is left out. */
  readonly unread: readonly string[]
}

/**
 * The context of an interactive request. Label Studio sends null in batches; a caller of interactive pre-annotation may
 * leave `result` out.
 *
 * @returns undefined without a context, which is a request for whole tasks
 */
export function readContext(given: unknown): ReadContext | undefined {
  if (given === null || given === undefined) return undefined
  const read = context.safeParse(given)
  if (!read.success) return { results: [], unread: ['params.context'] }
  const entries = (read.data.result ?? []).map((entry) => result.safeParse(entry))
  return {
    results: entries.flatMap(({ data }) => (data === undefined ? [] : [data])),
    unread: entries.flatMap(({ success }, index) => (success ? [] : [`params.context.result[${index}]`])),
  }
}
