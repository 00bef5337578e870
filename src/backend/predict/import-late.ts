import { z } from 'zod'
import type { PredictionsApi } from '../../label-studio/index.js'
import type { OnLate } from './finish-late.js'

const taskSchema = z.object({ id: z.int(), project: z.int() })

/** Hands late predictions to Label Studio, each to the project that its task belongs to. */
export function importLate(predictions: Pick<PredictionsApi, 'importAll'>): OnLate {
  return async (late) => {
    for (const [project, some] of byProject(late)) await predictions.importAll(project, some)
  }
}

function byProject(late: Parameters<OnLate>[0]) {
  const grouped = new Map<
    number,
    { task: number; result: readonly object[]; score?: number; model_version?: string }[]
  >()
  for (const { task, prediction } of late) {
    const { id, project } = taskSchema.parse(task)
    const { result, score, model_version } = prediction
    const some = grouped.get(project) ?? []
    grouped.set(project, some)
    some.push({
      task: id,
      result,
      ...(score === undefined || score === null ? {} : { score }),
      ...(model_version === undefined ? {} : { model_version }),
    })
  }
  return grouped
}
