/** Predictions held against annotations: which scores were right. */

import { z } from 'zod'
import { boxIou } from '../../../results/geometry/index.js'
import type { GradedScore } from './calibration.js'

const result = z.looseObject({
  from_name: z.string(),
  score: z.number().nullish(),
  value: z.looseObject({}),
})
type Result = z.infer<typeof result>

const results = z
  .array(z.unknown())
  .transform((entries) => entries.flatMap((entry) => result.safeParse(entry).data ?? []))

const tasks = z.array(
  z.looseObject({
    annotations: z.array(z.looseObject({ result: results, was_cancelled: z.boolean().nullish() })).default([]),
    predictions: z.array(z.looseObject({ result: results, model_version: z.string().nullish() })).default([]),
  }),
)

const box = z.object({
  x: z.number(),
  y: z.number(),
  width: z.number(),
  height: z.number(),
})

/** Boxes of one label are the same thing from this overlap on. */
const SAME_BOX = 0.5

/**
 * Grades the scores of predictions by the annotations beside them, control by control: what `fitCalibration` takes. A
 * result is right when the annotation says the same: the same choices, value or text, a span of the same label and
 * bounds, a box of the same label that overlaps by half. Of each task its last annotation that was not skipped counts.
 *
 * @param exported tasks with `annotations` and `predictions`, as Label Studio exports them (`exportType=JSON`)
 * @param modelVersion only predictions of this version
 * @throws ZodError when it is no such export
 */
export function gradeTasks(exported: unknown, modelVersion?: string): Readonly<Record<string, readonly GradedScore[]>> {
  const graded = new Map<string, GradedScore[]>()
  for (const { annotations, predictions } of tasks.parse(exported)) {
    const annotation = annotations.findLast(({ was_cancelled }) => was_cancelled !== true)
    if (annotation === undefined) continue
    for (const prediction of predictions) {
      if (modelVersion !== undefined && prediction.model_version !== modelVersion) continue
      for (const predicted of prediction.result) {
        if (typeof predicted.score !== 'number') continue
        const correct = annotation.result.some((annotated) => saysTheSame(predicted, annotated))
        const scores = graded.get(predicted.from_name) ?? []
        scores.push({ score: predicted.score, correct })
        graded.set(predicted.from_name, scores)
      }
    }
  }
  return Object.fromEntries(graded)
}

function saysTheSame(predicted: Result, annotated: Result): boolean {
  if (predicted.from_name !== annotated.from_name) return false
  const [mine, theirs] = [box.safeParse(predicted.value).data, box.safeParse(annotated.value).data]
  if (mine === undefined || theirs === undefined) return essence(predicted.value) === essence(annotated.value)
  return labelsOf(predicted.value) === labelsOf(annotated.value) && boxIou(mine, theirs) >= SAME_BOX
}

/** A value without what follows from the rest of it, its lists in one order. */
function essence(value: Result['value']): string {
  const isSpan = 'start' in value && 'end' in value
  const kept = Object.entries(value).filter(([key]) => key !== 'globalOffsets' && !(isSpan && key === 'text'))
  return JSON.stringify(kept.map(([key, part]) => [key, sorted(part)]).sort())
}

function labelsOf(value: Result['value']): string {
  return JSON.stringify(Object.values(value).filter(Array.isArray).map(sorted))
}

function sorted(part: unknown): unknown {
  return Array.isArray(part) ? part.map((entry) => JSON.stringify(entry)).sort() : part
}
