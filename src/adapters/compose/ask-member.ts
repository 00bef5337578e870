import type { Adapter, Item, Outcome, PredictContext } from '../adapter.js'
import { askTogether } from './ask-together.js'
import { askedOf } from './asked-of.js'
import { inLabels } from './in-labels.js'

/**
 * Asks one member about the items that concern it, in batches of its own size.
 *
 * @returns one outcome for each item; undefined where the member has nothing to say
 * @throws the signal's reason
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
    const asked = batch.map(({ item }) => item)
    const answers = await askTogether(member, asked, context)
    for (const [place, { index }] of batch.entries()) outcomes[index] = inLabels(member, answers[place] ?? [])
  }
  return outcomes
}
