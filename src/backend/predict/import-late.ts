import { z } from 'zod'
import type { Logger } from '../../adapters/adapter.js'
import type { Cancellation } from '../../cancellation.js'
import { PrelabelError } from '../../errors.js'
import type { NewPrediction, PredictionsApi } from '../../label-studio/index.js'
import { isOutage } from '../../label-studio/outage.js'
import { type Attempt, type RetryOptions, withRetries } from '../../label-studio/retry.js'
import type { Prediction } from '../../results/result.js'
import { describeError } from '../describe-error.js'
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
 * are kept and tried again; what an attempt stored before it failed is not sent twice, and one that Label Studio refuses
 * costs no other. What could not be stored is logged.
 */
export function importLate(options: LateImportOptions): OnLate {
  return async (late, { logger }) => {
    const known = late.flatMap((one): ImportableLate[] => {
      const place = taskSchema.safeParse(one.task)
      if (place.success) return [{ place: place.data, prediction: one.prediction }]
      logger.error({ task: one.task.id, err: describeError(unknownTask()) }, 'late prediction not handed on')
      return []
    })
    await Promise.all([...byProject(known)].map(([project, some]) => importInto(project, some, options, logger)))
  }
}

/** Never rejects. */
async function importInto(
  project: number,
  given: readonly NewPrediction[],
  options: LateImportOptions,
  logger: Logger,
): Promise<void> {
  const { predictions, closing, retry = PATIENCE } = options
  let missing = given
  let isFirst = true
  const attempt = async (): Promise<Attempt<void>> => {
    try {
      if (!isFirst) missing = await withoutStored(predictions, missing)
      isFirst = false
      await predictions.importAll(project, missing)
      return { value: undefined }
    } catch (error) {
      if (!PrelabelError.isInstance(error)) throw error
      return { failure: { error, isRetryable: isOutage(error) } }
    }
  }
  try {
    await withRetries(retry, closing.toSignal(), attempt)
  } catch (error) {
    // One whose task was deleted takes all that were sent along with it.
    if (missing.length > 1 && PrelabelError.isInstance(error) && error.code === 'label-studio-refused') {
      for (const one of missing) await importInto(project, [one], options, logger)
      return
    }
    const tasks = missing.map(({ task }) => task)
    logger.error({ tasks, err: describeError(error) }, 'late predictions not handed on')
  }
}

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

interface ImportableLate {
  readonly place: z.infer<typeof taskSchema>
  readonly prediction: Prediction
}

function byProject(late: readonly ImportableLate[]): Map<number, NewPrediction[]> {
  const grouped = new Map<number, NewPrediction[]>()
  for (const { place, prediction } of late) {
    const { result, score, model_version } = prediction
    const some = grouped.get(place.project) ?? []
    grouped.set(place.project, some)
    some.push({
      task: place.id,
      result,
      ...(score === undefined || score === null ? {} : { score }),
      ...(model_version === undefined ? {} : { model_version }),
    })
  }
  return grouped
}

function unknownTask(): PrelabelError {
  return new PrelabelError('a late prediction is of a task without `id` and `project` in whole numbers', {
    code: 'late-task-unknown',
    hint: 'Send tasks as Label Studio does, or take late predictions yourself with `onLate`.',
  })
}
