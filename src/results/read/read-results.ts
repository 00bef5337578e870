import { z } from 'zod'
import type { LabelingConfig } from '../../config/index.js'
import { groupById } from '../group-by-id.js'
import type { RelationResult } from '../result.js'
import { createSurfaces, type GivenSurfaces } from '../surfaces.js'
import type { Task } from '../task.js'
import { contentKeyOf, contentOf } from '../types/families.js'
import { ORIGINS } from '../validate/editor-words.js'
import { type CheckContext, type Item, readItem } from '../validate/item.js'
import type { Answer, ReadResults, Region } from './region.js'

export interface ReadOptions {
  /** The task that the results are about: its texts make offsets of spans UTF-16 units. */
  readonly task?: Task | undefined
  /** Sizes and texts that neither the results nor the task hold, by object name. */
  readonly surfaces?: GivenSurfaces | undefined
}

/**
 * Reads the `result` of a prediction, an annotation or a draft. Never throws: what cannot be read is kept in `unread`.
 *
 * @param results the list as it stands in JSON
 */
export function readResults(
  config: LabelingConfig,
  results: unknown,
  { task, surfaces }: ReadOptions = {},
): ReadResults {
  const context: CheckContext = { config, task, surfaces: createSurfaces(task, surfaces) }
  const relations: RelationResult[] = []
  const items: Item[] = []
  const unread: unknown[] = []
  for (const result of Array.isArray(results) ? results : []) {
    const related = relation.safeParse(result)
    const item = related.success ? undefined : readItem(result, '', context)
    if (related.success) relations.push(related.data)
    else if (item !== undefined && 'result' in item && isReadable(item)) items.push(item)
    else unread.push(result)
  }
  const groups = groupById(items)
  const joined = items.flatMap((item) => {
    const group = item.id === undefined ? [item] : (groups.get(item.id) ?? [])
    return group[0] === item ? [group] : []
  })
  return { regions: joined.flatMap((group) => regionOf(group) ?? []), relations, unread }
}

const relation = z.object({
  type: z.literal('relation'),
  from_id: z.string(),
  to_id: z.string(),
  direction: z.enum(['left', 'right', 'bi']).catch('right'),
  labels: z.array(z.string()).catch([]),
})

function isReadable({ shape, value, control }: Item): boolean {
  if (shape !== undefined) return shape.pick(value) !== undefined
  const content = contentOf(control)
  return content === undefined || content.read(value[contentKeyOf(control)]) !== undefined
}

function regionOf(group: readonly Item[]): Region | undefined {
  const drawing = group.find(({ shape }) => shape !== undefined) ?? group[0]
  if (drawing === undefined) return undefined
  const { result, id, from, page, shape, value, place } = drawing
  return {
    id,
    control: from,
    object: String(result.to_name),
    shape: shape?.read(value, place),
    labels: group.flatMap(labelsOf),
    answers: group.flatMap(answersOf),
    score: scoreOf(group),
    meta: isObject(result.meta) ? result.meta : undefined,
    parentId: typeof result.parentID === 'string' ? result.parentID : undefined,
    origin: isOrigin(result.origin) ? result.origin : undefined,
    page,
    results: group.map(asResult),
  }
}

function labelsOf({ control, value }: Item): readonly string[] {
  const read = contentOf(control)?.read(value[contentKeyOf(control)])
  return read?.kind === 'labels' ? read.content : []
}

function answersOf({ control, from, value, shape }: Item): Answer[] {
  const content = contentOf(control)
  if (content === undefined) return shape === undefined ? [{ kind: 'unknown', content: value, control: from }] : []
  const read = content.read(value[contentKeyOf(control)])
  return read === undefined || read.kind === 'labels' ? [] : [{ ...read, control: from }]
}

/** The first score that a result of the region has. */
function scoreOf(group: readonly Item[]): number | undefined {
  for (const { result } of group) if (typeof result.score === 'number') return result.score
  return undefined
}

/** A result as it stands, once its names and its value are known to be there. */
function asResult({ result, from, value }: Item): Region['results'][number] {
  return { ...result, from_name: from, to_name: String(result.to_name), type: String(result.type), value }
}

function isOrigin(origin: unknown): origin is Region['origin'] {
  return ORIGINS.has(origin)
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
