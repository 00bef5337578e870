import { createHash } from 'node:crypto'
import type { ControlTag, LabelingConfig } from '../../config/labeling-config.js'
import type { Adapter, AdapterUsage, Fills, ModelInfo } from '../adapter.js'
import { mappedLabel } from '../mapped-label.js'
import { takes } from './asked-of.js'

/** What the members together can fill. */
export function jointFills(members: readonly Adapter[]): Fills {
  const fills = new Map<string, Set<string>>()
  for (const member of members)
    for (const [control, objects] of Object.entries(member.fills))
      fills.set(control, new Set([...(fills.get(control) ?? []), ...objects]))
  return Object.fromEntries([...fills].map(([control, objects]) => [control, [...objects]]))
}

/** What each member was made with: part of the model version. */
export function membersMade(members: readonly Adapter[]) {
  return members.map(({ name, version, options, labelMap, controls }) => ({
    name,
    version,
    options,
    labelMap,
    controls,
  }))
}

/** The facts of all members in one. */
export function inspectMembers(members: readonly Adapter[]): Promise<ModelInfo> {
  return jointInfo(members, (member) => member.inspect?.())
}

/** The facts, in view of one control, of the members that can fill it. What one of them refuses, the composition refuses. */
export function inspectMembersFor(
  members: readonly Adapter[],
  control: ControlTag,
  config: LabelingConfig,
): Promise<ModelInfo> {
  const taking = members.filter((member) => takes(member, control))
  const answering = taking.filter(({ answersRegions }) => control.perRegion && answersRegions)
  const concerned = answering.length > 0 ? answering : taking
  return jointInfo(concerned, (member) => (member.inspectControl ?? member.inspect)?.(control, config))
}

async function jointInfo(
  members: readonly Adapter[],
  inspect: (member: Adapter) => ModelInfo | Promise<ModelInfo> | undefined,
): Promise<ModelInfo> {
  const infos = await Promise.all(members.map(async (member) => (await inspect(member)) ?? {}))
  const classes = joint(
    infos.map((info, index) => info.classes?.flatMap((name) => mappedLabel(members[index], name) ?? [])),
  )
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

/** The whole task is read as soon as one member reads it. */
export function jointReads(members: readonly Adapter[]): Pick<Adapter, 'reads'> {
  return members.some(({ reads }) => reads === 'task') ? { reads: 'task' } : {}
}

/** What all members have asked and paid together; nothing when none of them counts. */
export function jointUsage(members: readonly Adapter[]): Pick<Adapter, 'usage'> {
  if (members.every(({ usage }) => usage === undefined)) return {}
  const usage = () => {
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
  return { usage }
}
