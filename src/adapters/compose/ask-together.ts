import type { Adapter, Item, Outcome, PredictContext } from '../adapter.js'
import { checkOutcomes } from '../check-outcomes.js'

/**
 * Asks an adapter about items. A call that fails is repeated one by one, so that an item fails alone.
 *
 * @returns one outcome for each item
 * @throws the signal's reason
 */
export async function askTogether(
  adapter: Adapter,
  items: readonly Item[],
  context: PredictContext<unknown>,
): Promise<readonly Outcome[]> {
  try {
    return checkOutcomes(adapter.name, await adapter.predict(items, context), items.length)
  } catch (error) {
    context.signal.throwIfAborted()
    if (items.length === 1) return [error instanceof Error ? error : new Error(String(error))]
  }
  const outcomes: Outcome[] = []
  for (const item of items) outcomes.push(...(await askTogether(adapter, [item], context)))
  return outcomes
}
