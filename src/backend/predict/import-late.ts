import { z } from 'zod'
import type { Cancellation } from '../../cancellation.js'
import { PrelabelError } from '../../errors.js'
import type { NewPrediction, PredictionsApi } from '../../label-studio/index.js'
import { type Attempt, type RetryOptions, withRetries } from '../../label-studio/retry.js'
import type { OnLate } from './finish-late.js'

const taskSchema = z.object({ id: z.int(), project: z.int() })

/** An outage of up to about eight minutes is waited for. */
const PATIENCE: RetryOptions = { retries: 12, firstWaitMs: 1000, longestWaitMs: 60_000 }

export interface LateImportOptions {
  readonly predictions: Pick<PredictionsApi, 'importAll' | 'list'>
  /** When it fires, what waits for Label Studio is tried once more and then given up. */
  readonly closing: Pick<Cancellation, 'toSignal'>
  readonly retry?: RetryOptions
}

/**
 * Hands late predictions to Label Studio, each to the project that its task belongs to. While Label Studio is down they
 * are kept and tried again; what an attempt stored before it failed is not sent twice.
 */
export function importLate(options: LateImportOptions): OnLate {
  return async (late) => {
    const imports = [...byProject(late)].map(([project, some]) => importInto(project, some, options))
    for (const one of await Promise.allSettled(imports)) if (one.status === 'rejected') throw one.reason
  }
}

async function importInto(
  project: number,
  given: readonly NewPrediction[],
  { predictions, closing, retry = PATIENCE }: LateImportOptions,
): Promise<void> {
  let isFirst = true
  const attempt = async (): Promise<Attempt<void>> => {
    try {
      const wanted = isFirst ? given : await withoutStored(predictions, given)
      isFirst = false
      await predictions.importAll(project, wanted)
      return { value: undefined }
    } catch (error) {
      if (!PrelabelError.isInstance(error)) throw error
      return { failure: { error, isRetryable: OUTAGES.has(error.code) } }
    }
  }
  await withRetries(retry, closing.toSignal(), attempt)
}

const OUTAGES: ReadonlySet<string> = new Set(['label-studio-unreachable', 'label-studio-failed'])

/** Whether a failed attempt came through nobody knows: a prediction of the same model version tells. */
async function withoutStored(
  predictions: LateImportOptions['predictions'],
  given: readonly NewPrediction[],
): Promise<readonly NewPrediction[]> {
  const missing: NewPrediction[] = []
  for (const prediction of given) {
    const stored = await predictions.list({ task: prediction.task })
    if (!stored.some(({ model_version }) => model_version === prediction.model_version)) missing.push(prediction)
  }
  return missing
}

function byProject(late: Parameters<OnLate>[0]): Map<number, NewPrediction[]> {
  const grouped = new Map<number, NewPrediction[]>()
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
