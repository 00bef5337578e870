import type { Adapter } from '../adapter.js'
import { concerning } from './asked-of.js'
import { settleAll } from './settle-all.js'

type Preparation = Pick<Adapter<readonly unknown[]>, 'prepare' | 'preparesAhead'>

/**
 * How a composition gets ready for what will be drawn: each member that answers drawings, for its own items. Of a list it
 * takes as many tasks as the member that wants the fewest, since all of them get the same ones.
 */
export function jointPreparation(members: readonly Adapter[]): Preparation {
  const preparing = members.filter(({ prepare, answers }) => prepare !== undefined && answers !== 'tasks')
  if (preparing.length === 0) return {}
  const ahead = preparing.flatMap(({ preparesAhead = 0 }) => (preparesAhead > 0 ? [preparesAhead] : []))
  return {
    preparesAhead: ahead.length === 0 ? 0 : Math.min(...ahead),
    async prepare(items, { model, ...context }) {
      await settleAll(
        preparing.map(async (member) => {
          if (!context.opened && (member.preparesAhead ?? 0) === 0) return
          const own = items.flatMap((item) => concerning(member, members, item) ?? [])
          if (own.length > 0) await member.prepare?.(own, { ...context, model: model[members.indexOf(member)] })
        }),
      )
    },
  }
}
