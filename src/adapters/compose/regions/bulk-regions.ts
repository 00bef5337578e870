/** What comes before predictions of many items: their regions are found first, and then asked about in bulk. */

import type { Adapter, Item, ItemsContext, PredictContext } from '../../adapter.js'

/** The items about the regions of some items. */
export type RegionsOf = (items: readonly Item[], context: PredictContext<unknown>) => Promise<readonly Item[]>

/**
 * How regions are planned and asked about in bulk, when `ask` does. Finding them must cost nothing for that: with a finder
 * that plans or runs in bulk itself, that is all that can be told and done beforehand.
 *
 * @param toFind the item as `find` is given it
 * @param regionsOf finds regions, with what `find` has loaded as the context's model
 */
export function bulkOfRegions(
  find: Adapter,
  ask: Adapter,
  toFind: (item: Item) => Item,
  regionsOf: RegionsOf,
): Pick<Adapter, 'plan' | 'runBatch'> {
  if (find.plan !== undefined || find.runBatch !== undefined) return bulkOfFinder(find, toFind)

  async function* regions(items: AsyncIterable<Item>, context: ItemsContext): AsyncGenerator<Item> {
    const model = await find.load?.()
    try {
      for await (const batch of batchesOf(items, find.batchSize ?? 8))
        yield* await regionsOf(batch, { ...context, model })
    } finally {
      await find.dispose?.(model)
    }
  }
  const [plan, runBatch] = [ask.plan?.bind(ask), ask.runBatch?.bind(ask)]
  const heading = `${ask.name}, about the regions that ${find.name} finds`
  return {
    ...(plan && {
      plan: async (items, context) => headed(heading, await plan(regions(items, context), context)),
    }),
    ...(runBatch && {
      runBatch: async (items, context) => headed(heading, await runBatch(regions(items, context), context)),
    }),
  }
}

function bulkOfFinder(find: Adapter, toFind: (item: Item) => Item): Pick<Adapter, 'plan' | 'runBatch'> {
  const [plan, runBatch] = [find.plan?.bind(find), find.runBatch?.bind(find)]
  const heading = `${find.name}, without what is asked about the regions it will find`
  return {
    ...(plan && { plan: async (items, context) => headed(heading, await plan(eachOf(items, toFind), context)) }),
    ...(runBatch && {
      runBatch: async (items, context) => headed(heading, await runBatch(eachOf(items, toFind), context)),
    }),
  }
}

function headed(heading: string, { text }: { readonly text: string }): { readonly text: string } {
  return { text: `${heading}: ${text}` }
}

async function* eachOf(items: AsyncIterable<Item>, change: (item: Item) => Item): AsyncGenerator<Item> {
  for await (const item of items) yield change(item)
}

async function* batchesOf(items: AsyncIterable<Item>, size: number): AsyncGenerator<readonly Item[]> {
  let batch: Item[] = []
  for await (const item of items) {
    batch.push(item)
    if (batch.length < size) continue
    yield batch
    batch = []
  }
  if (batch.length > 0) yield batch
}
