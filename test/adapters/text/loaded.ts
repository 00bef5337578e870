import type { Adapter, Fills } from '../../../src/adapters/adapter.js'

/** What an adapter's `load` makes. */
export async function loaded<M, F extends Fills>(adapter: Adapter<M, F>): Promise<M> {
  if (adapter.load === undefined) throw new Error(`the adapter ${adapter.name} has no load`)
  return adapter.load()
}
