import type { ControlTag } from '../../config/labeling-config.js'
import { PrelabelError } from '../../errors.js'
import type { Adapter, FitContext, FitEvent } from '../adapter.js'
import { learntJson } from '../learnt-json.js'
import { takes } from './asked-of.js'
import { type MemberParts, memberKeys, readParts } from './member-parts.js'

/** Whether a control concerns a member, which has a place among them. */
type Concerns = (member: Adapter, control: ControlTag, place: number) => boolean

/** How a composition learns, when a member does: each by itself, from what concerns it. */
export function jointFit(members: readonly Adapter[], concerns: Concerns = takes): Pick<Adapter, 'fit'> {
  if (members.every(({ fit }) => fit === undefined)) return {}
  return { fit: (event, context) => fitMembers(members, concerns, event, context) }
}

/**
 * @returns what all of them remember now; undefined when nothing changed, null when nothing is left. What fails is logged
 * and takes nothing from the others; where nobody else learnt anything, it is thrown. With extra params it is thrown anyway,
 * since they come again as long as learning fails.
 */
async function fitMembers(
  members: readonly Adapter[],
  concerns: Concerns,
  event: FitEvent,
  { remembered, logger }: FitContext,
): Promise<MemberParts | null | undefined> {
  const keys = memberKeys(members)
  const parts = new Map(Object.entries(readParts(remembered)))
  const failures: unknown[] = []
  let changed = false
  for (const [index, member] of members.entries()) {
    const key = keys[index] ?? member.name
    const controls = event.controls.filter((control) => concerns(member, control, index))
    if (member.fit === undefined || controls.length === 0) continue
    try {
      const own = structuredClone(parts.get(key))
      const learnt = learntJson(key, await member.fit({ ...event, controls }, { remembered: own, logger }))
      if (learnt === undefined) continue
      changed = true
      if (learnt === null) parts.delete(key)
      else parts.set(key, learnt)
    } catch (error) {
      const err = PrelabelError.isInstance(error) ? error.toJSON() : { message: String(error) }
      logger.error({ adapter: key, action: event.action, project: event.project, err }, 'fit failed')
      failures.push(error)
    }
  }
  if (failures.length > 0 && (!changed || event.action === 'SETUP')) throw failures[0]
  if (!changed) return undefined
  return parts.size === 0 ? null : Object.fromEntries(parts)
}
