import { stat } from 'node:fs/promises'
import { modelChanged } from '../../../inference/session-pool.js'
import { type ModelFacts, readModelFacts } from '../../detection/model-source.js'
import type { ParsedSource } from '../../detection/shared-options.js'

/**
 * Reads what is known of models before they run; of a file once.
 *
 * @throws PrelabelError `model-changed` for a file that was read before and is another one now
 */
export type FactsReader = (source: ParsedSource) => Promise<ModelFacts>

export function createFactsReader(): FactsReader {
  const known = new Map<string, { readonly version: string; readonly facts: Promise<ModelFacts> }>()
  return async (source) => {
    if (typeof source !== 'string') return readModelFacts(source)
    const { size, mtimeMs } = await stat(source).catch(() => ({ size: 0, mtimeMs: 0 }))
    const version = `${size} ${mtimeMs}`
    const before = known.get(source)
    if (before?.version === version) return before.facts
    if (before !== undefined) throw modelChanged(source)
    const facts = readModelFacts(source)
    known.set(source, { version, facts })
    facts.catch(() => known.delete(source))
    return facts
  }
}
