/** What comes before predictions of many items: each member in its own way, all from one stream. */

import { PrelabelError } from '../../errors.js'
import type { Adapter, BatchState, Item, MaybePromise } from '../adapter.js'
import { askedOf } from './asked-of.js'
import { memberKeys, readParts } from './member-parts.js'
import { settleAll } from './settle-all.js'
import { shareItems } from './share-items.js'

/** How a composition plans, when a member does. */
export function jointPlan(members: readonly Adapter[]): Pick<Adapter, 'plan'> {
  const planning = members.filter(({ plan }) => plan !== undefined)
  if (planning.length === 0) return {}
  return {
    async plan(items, context) {
      const plans = await eachOf(planning, members, items, (member, own) => member.plan?.(own, context))
      return { text: plans.join('\n\n') }
    },
  }
}

/** How a composition runs in bulk, when a member does. */
export function jointBatch(members: readonly Adapter[]): Pick<Adapter, 'runBatch'> {
  const running = members.filter(({ runBatch }) => runBatch !== undefined)
  const keys = memberKeys(members)
  if (running.length === 0) return {}
  return {
    async runBatch(items, { state, ...context }) {
      const stateOf = await splitState(state, keys)
      const batches = await eachOf(running, members, items, (member, own) =>
        member.runBatch?.(own, { ...context, state: stateOf(keys[members.indexOf(member)] ?? member.name) }),
      )
      return { text: batches.join('; ') }
    },
  }
}

/** What each says of the items that concern it, headed with its name. One that fails lets the others end first. */
async function eachOf(
  asked: readonly Adapter[],
  members: readonly Adapter[],
  items: AsyncIterable<Item>,
  ask: (member: Adapter, items: AsyncIterable<Item>) => MaybePromise<{ readonly text: string } | undefined>,
): Promise<string[]> {
  const shares = shareItems(items, asked.length)
  const said = asked.map(async (member, index) => {
    const share = shares[index]
    if (share === undefined) return ''
    try {
      const answer = await ask(member, ownItems(member, members, share.items))
      return `${member.name}: ${answer?.text ?? ''}`
    } finally {
      await share.close()
    }
  })
  return settleAll(said)
}

async function* ownItems(
  member: Adapter,
  members: readonly Adapter[],
  items: AsyncIterable<Item>,
): AsyncGenerator<Item> {
  for await (const item of items) {
    const own = askedOf(member, members, item)
    if (own !== undefined) yield own
  }
}

/**
 * One state for each member, all in one.
 *
 * @throws PrelabelError `compose-batch-state` when another adapter, or other members, wrote it
 */
async function splitState(state: BatchState, keys: readonly string[]): Promise<(key: string) => BatchState> {
  const before = await state.read()
  const parts = new Map(Object.entries(readParts(before)))
  if (before !== undefined && (parts.size === 0 || [...parts.keys()].some((key) => !keys.includes(key))))
    throw new PrelabelError('the state of the bulk run is not one that these adapters wrote', {
      code: 'compose-batch-state',
      hint: 'Give the file of the run that is to go on, or a new one.',
    })
  let writing = Promise.resolve()
  return (key) => ({
    read: () => parts.get(key),
    write(value) {
      parts.set(key, value)
      const now = Object.fromEntries(parts)
      writing = writing.then(() => state.write(now))
      return writing
    },
  })
}
