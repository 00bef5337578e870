import type { Adapter, Item, Outcome, PredictContext } from '../adapter.js'
import { askedOf } from './asked-of.js'
import { inLabels } from './in-labels.js'

/**
 * Asks one member about the items that concern it, in batches of its own size.
 *
 * @returns one outcome for each item; undefined where the member has nothing to say
 */
export async function askMember(
  member: Adapter,
  members: readonly Adapter[],
  items: readonly Item[],
  context: PredictContext<unknown>,
): Promise<(Outcome | undefined)[]> {
  const concerned = items.flatMap((item, index) => {
    const asked = askedOf(member, members, item)
    return asked === undefined ? [] : [{ index, item: asked }]
  })
  const outcomes = new Array<Outcome | undefined>(items.length).fill(undefined)
  const size = member.batchSize ?? 8
  for (let from = 0; from < concerned.length; from += size) {
    const batch = concerned.slice(from, from + size)
    const answers = await answersOf(
      member,
      batch.map(({ item }) => item),
      context,
    )
    batch.forEach(({ index }, place) => {
      outcomes[index] = answers[place] ?? []
    })
  }
  return outcomes
}

async function answersOf(
  member: Adapter,
  items: readonly Item[],
  context: PredictContext<unknown>,
): Promise<readonly Outcome[]> {
  try {
    const outcomes = await member.predict(items, context)
    return outcomes.map((outcome) =>
      outcome instanceof Error ? outcome : outcome.flatMap((one) => inLabels(member, one)),
    )
  } catch (error) {
    context.signal.throwIfAborted()
    return items.map(() => (error instanceof Error ? error : new Error(String(error))))
  }
}
