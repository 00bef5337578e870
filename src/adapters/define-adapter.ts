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
  const wrong = firstProblem(adapter)
  if (wrong !== undefined) throw new PrelabelError(wrong, { code: 'invalid-adapter', path: `adapter ${adapter.name}` })
  return adapter
}

function firstProblem({
  name,
  version,
  fills,
  batchSize,
  concurrency,
}: Pick<Adapter, 'name' | 'version' | 'fills' | 'batchSize' | 'concurrency'>): string | undefined {
  if (!/^[a-z0-9][a-z0-9-]*$/.test(name)) return `its name must be kebab-case, got ${JSON.stringify(name)}`
  if (version === '') return 'its version is empty'
  if (Object.keys(fills).length === 0) return '`fills` names no control tag'
  for (const [tag, objects] of Object.entries(fills)) {
    if (objects.length === 0) return `\`fills.${tag}\` names no object tag`
  }
  for (const [key, limit] of Object.entries({ batchSize, concurrency })) {
    if (limit !== undefined && !(Number.isInteger(limit) && limit > 0))
      return `\`${key}\` must be a whole number above 0, got ${limit}`
  }
  return undefined
}
