import { z } from 'zod'
import type { LabelingConfig } from '../../config/index.js'
import { type ReadOptions, readResults } from './read-results.js'
import type { ReadResults } from './region.js'

/** What people said of a task: an annotation, or the draft of one. */
export interface ReadAnnotation extends ReadResults {
  readonly id: number | string | undefined
  /** Id of the user who made it. */
  readonly annotator: number | string | undefined
  /** True for a task that was skipped. */
  readonly cancelled: boolean
  readonly groundTruth: boolean
  /** ISO 8601. */
  readonly createdAt: string | undefined
  readonly updatedAt: string | undefined
  /** Seconds that it took. */
  readonly leadTime: number | undefined
}

/** Which annotations to read. */
export interface AnnotationFilter {
  /** Skipped tasks too. @default false */
  readonly cancelled?: boolean
  /** Only those that are ground truth, or only those that are not. */
  readonly groundTruth?: boolean
  /** Only those of these users, by id. */
  readonly annotators?: readonly (number | string)[]
  /** Only the last one, or only the last one of each user. */
  readonly latest?: boolean | 'each-annotator'
}

const optional = <T extends z.ZodType>(type: T) => type.optional().catch(undefined)
const id = z.union([z.number(), z.string()])
const user = z.union([id, z.looseObject({ id }).transform((user) => user.id)])
const annotation = z.object({
  id: optional(id),
  completed_by: optional(user),
  user: optional(user),
  was_cancelled: z.boolean().catch(false),
  ground_truth: z.boolean().catch(false),
  created_at: optional(z.string()),
  updated_at: optional(z.string()),
  lead_time: optional(z.number()),
  result: z.unknown(),
})

/**
 * Reads annotations as Label Studio sends and exports them. Skipped ones are left out unless asked for.
 *
 * @param annotations the list of a task: `task.annotations`, or the drafts in `task.drafts`
 */
export function readAnnotations(
  config: LabelingConfig,
  annotations: readonly unknown[],
  { filter = {}, ...options }: ReadOptions & { readonly filter?: AnnotationFilter } = {},
): readonly ReadAnnotation[] {
  const read = annotations.flatMap((given) => {
    const parsed = annotation.safeParse(given)
    return parsed.success ? [readOne(config, parsed.data, options)] : []
  })
  return latestOf(
    read.filter((one) => passes(one, filter)),
    filter.latest,
  )
}

function readOne(config: LabelingConfig, given: z.infer<typeof annotation>, options: ReadOptions): ReadAnnotation {
  return {
    id: given.id,
    annotator: given.completed_by ?? given.user,
    cancelled: given.was_cancelled,
    groundTruth: given.ground_truth,
    createdAt: given.created_at,
    updatedAt: given.updated_at,
    leadTime: given.lead_time,
    ...readResults(config, given.result, options),
  }
}

function passes(one: ReadAnnotation, { cancelled = false, groundTruth, annotators }: AnnotationFilter): boolean {
  if (one.cancelled && !cancelled) return false
  if (groundTruth !== undefined && one.groundTruth !== groundTruth) return false
  return annotators === undefined || (one.annotator !== undefined && annotators.includes(one.annotator))
}

function latestOf(read: readonly ReadAnnotation[], latest: AnnotationFilter['latest']): readonly ReadAnnotation[] {
  if (latest === undefined || latest === false) return read
  const newest = new Map<unknown, ReadAnnotation>()
  for (const one of read) {
    const key = latest === 'each-annotator' ? one.annotator : undefined
    const before = newest.get(key)
    if (before === undefined || timeOf(one) >= timeOf(before)) newest.set(key, one)
  }
  return read.filter((one) => newest.get(latest === 'each-annotator' ? one.annotator : undefined) === one)
}

/** Milliseconds; times without an offset are taken as they stand, since Label Studio writes all in UTC. */
function timeOf({ updatedAt, createdAt }: ReadAnnotation): number {
  const time = Date.parse(updatedAt ?? createdAt ?? '')
  return Number.isNaN(time) ? 0 : time
}
