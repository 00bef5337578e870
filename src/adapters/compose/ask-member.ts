import type { Finding } from '../../results/findings.js'
import type { Adapter, Item, Outcome, PredictContext } from '../adapter.js'
import { mappedLabel } from '../mapped-label.js'
import { askedOf } from './asked-of.js'

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

/** The finding after its adapter's own label map, which the backend applies only to an adapter that stands alone. */
function inLabels(member: Adapter, finding: Finding): Finding[] {
  if (finding.kind === 'classification') {
    const classes = finding.classes.flatMap((entry) => {
      const label = mappedLabel(member, entry.label)
      return label === undefined ? [] : [{ ...entry, label }]
    })
    return classes.length === 0 ? [] : [{ ...finding, classes }]
  }
  if (!('label' in finding)) return [finding]
  const label = mappedLabel(member, finding.label)
  return label === undefined ? [] : [{ ...finding, label }]
}
