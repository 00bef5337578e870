import { PrelabelError } from '../../errors.js'
import type { Adapter, Item, Outcome, PredictContext } from '../adapter.js'

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
    const outcomes = await adapter.predict(items, context)
    if (outcomes.length === items.length) return outcomes
    throw new PrelabelError(`the adapter ${adapter.name} gave ${outcomes.length} outcomes for ${items.length} items`, {
      code: 'adapter-outcome-count',
      hint: 'Return one outcome for each item, in order: findings, an empty list, or an Error.',
    })
  } catch (error) {
    context.signal.throwIfAborted()
    if (items.length === 1) return [error instanceof Error ? error : new Error(String(error))]
  }
  const outcomes: Outcome[] = []
  for (const item of items) outcomes.push(...(await askTogether(adapter, [item], context)))
  return outcomes
}
