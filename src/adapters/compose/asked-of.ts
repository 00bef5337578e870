import type { Adapter, AdapterUsage, InteractiveContext, Item } from '../adapter.js'

/** What is asked of one member about an item; undefined where it has nothing to say. */
export function askedOf(member: Adapter, members: readonly Adapter[], item: Item): Item | undefined {
  const controls = item.controls.filter(({ name, tag }) => {
    const fits = member.fills[tag]?.includes(item.object.tag) === true
    return fits && (member.controls?.includes(name) ?? true)
  })
  if (controls.length === 0) return undefined
  if (item.context === undefined) return member.answers === 'prompts' ? undefined : { ...item, controls }
  const context = drawnFor(member, members, item.context)
  return context === undefined ? undefined : { ...item, controls, context }
}

/**
 * What was drawn goes to the members that answer it; when none does, to those that declare no prompts, as the backend
 * does with adapters.
 */
function drawnFor(
  member: Adapter,
  members: readonly Adapter[],
  context: InteractiveContext,
): InteractiveContext | undefined {
  if (member.answers === 'tasks') return undefined
  const takes = ({ prompts: kinds, answers }: Adapter) =>
    answers === 'tasks'
      ? []
      : context.prompts.filter(({ shape }) => kinds?.some((kind) => kind === shape.kind) ?? false)
  if (members.some((one) => takes(one).length > 0)) {
    const prompts = takes(member)
    return prompts.length === 0 ? undefined : { ...context, prompts }
  }
  return member.prompts === undefined ? context : undefined
}

/** Which of the members' answers to what was drawn, and to tasks, the composition declares. */
export function jointAnswers(members: readonly Adapter[]): Pick<Adapter, 'prompts' | 'answers'> {
  const drawn = members.filter(({ answers }) => answers !== 'tasks')
  const kinds = [...new Set(drawn.flatMap(({ prompts }) => prompts ?? []))]
  const same = (answers: Adapter['answers']) => members.every((member) => member.answers === answers)
  return {
    ...(kinds.length === 0 ? {} : { prompts: kinds }),
    ...(same('tasks') ? { answers: 'tasks' } : same('prompts') ? { answers: 'prompts' } : {}),
  }
}

/** What all members have asked and paid together; undefined when none of them counts. */
export function jointUsage(members: readonly Adapter[]): (() => AdapterUsage) | undefined {
  if (members.every(({ usage }) => usage === undefined)) return undefined
  return () => {
    const all = members.map((member) => member.usage?.() ?? {})
    const sum = (of: (usage: AdapterUsage) => number | undefined) =>
      all.reduce((total, one) => total + (of(one) ?? 0), 0)
    return {
      requests: sum(({ requests }) => requests),
      cost: sum(({ cost }) => cost),
      inputTokens: sum(({ inputTokens }) => inputTokens),
      outputTokens: sum(({ outputTokens }) => outputTokens),
      cacheReadTokens: sum(({ cacheReadTokens }) => cacheReadTokens),
      cacheWriteTokens: sum(({ cacheWriteTokens }) => cacheWriteTokens),
    }
  }
}
