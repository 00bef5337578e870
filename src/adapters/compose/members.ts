import { createHash } from 'node:crypto'
import type { Finding } from '../../results/findings.js'
import type { Adapter, Fills, Item, ModelInfo, Outcome, PredictContext } from '../adapter.js'
import { askedOf } from './asked-of.js'

/** What the members together can fill. */
export function jointFills(members: readonly Adapter[]): Fills {
  const fills = new Map<string, Set<string>>()
  for (const member of members)
    for (const [control, objects] of Object.entries(member.fills))
      fills.set(control, new Set([...(fills.get(control) ?? []), ...objects]))
  return Object.fromEntries([...fills].map(([control, objects]) => [control, [...objects]]))
}

/** The facts of all members in one. */
export async function jointInfo(members: readonly Adapter[]): Promise<ModelInfo> {
  const infos = await Promise.all(members.map(async (member) => (await member.inspect?.()) ?? {}))
  const classes = joint(infos.map((info, index) => info.classes?.flatMap((name) => mapped(members[index], name) ?? [])))
  const kinds = joint(infos.map((info) => info.kinds))
  const parts = infos.map((info, index) => [members[index]?.name, members[index]?.version, info.fingerprint])
  return {
    ...(classes === undefined ? {} : { classes }),
    ...(kinds === undefined ? {} : { kinds }),
    fingerprint: createHash('sha256').update(JSON.stringify(parts)).digest('hex'),
    summary: infos.map(({ summary }, index) => summary ?? members[index]?.name).join(' + '),
  }
}

/** All values once; undefined as soon as one list is open. */
function joint<T>(lists: readonly (readonly T[] | undefined)[]): T[] | undefined {
  return lists.includes(undefined) ? undefined : [...new Set(lists.flatMap((list) => list ?? []))]
}

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
      const label = mapped(member, entry.label)
      return label === undefined ? [] : [{ ...entry, label }]
    })
    return classes.length === 0 ? [] : [{ ...finding, classes }]
  }
  if (!('label' in finding)) return [finding]
  const label = mapped(member, finding.label)
  return label === undefined ? [] : [{ ...finding, label }]
}

function mapped(member: Adapter | undefined, className: string): string | undefined {
  const label =
    member?.labelMap !== undefined && Object.hasOwn(member.labelMap, className) ? member.labelMap[className] : className
  return label ?? undefined
}
