import { LRUCache } from 'lru-cache'
import { PrelabelError } from '../../errors.js'
import type { MediaLoader } from '../../media/media-loader.js'
import { createSlots } from '../../media/slots.js'
import { describeError } from '../describe-error.js'
import type { BackendMetrics } from '../metrics/backend-metrics.js'
import { createAnswerNewest, logDrawn } from './newest-drawn.js'
import { prepareTask } from './prepare-task.js'
import { renderPrediction } from './render-prediction.js'
import { runBindings, type TaskRequest } from './run-bindings.js'
import type { TaskAnswer } from './task-answer.js'

export interface TaskPredictorOptions {
  readonly media: () => Promise<MediaLoader>
  readonly metrics: BackendMetrics
  /** Bulk tasks in hand at the same time: their media are held in memory. */
  readonly tasksInHand: number
  /** Characters that cached predictions and their keys may take together; 0 keeps none. */
  readonly cacheSize: number
  /** How long a cached prediction stands for its task, in milliseconds. */
  readonly cacheMs: number
}

/** Predicts one task. It never rejects: a failure is in the answer. */
export type PredictTask = (request: TaskRequest) => Promise<TaskAnswer>

export function createTaskPredictor(options: TaskPredictorOptions): PredictTask {
  const { media, metrics, tasksInHand, cacheSize, cacheMs } = options
  const inSlot = createSlots(tasksInHand)
  const cache = cacheSize > 0 ? createCache(cacheSize, cacheMs) : undefined
  const answerNewest = createAnswerNewest(metrics)

  async function predict(request: TaskRequest, key: string): Promise<TaskAnswer> {
    const settled = await runBindings(request, key, media)
    const failure = settled.find((one) => one.status === 'rejected')
    if (failure !== undefined && request.context === undefined) throw failure.reason
    const found = settled.flatMap((one) => (one.status === 'fulfilled' ? one.value : []))
    if (request.context !== undefined) logDrawn(request, found, settled.length)
    const rendered = renderPrediction(request.project, request.task, found)
    return failure === undefined ? rendered : { ...rendered, error: toPrelabelError(failure.reason) }
  }

  function logAnswer({ task, logger }: TaskRequest, { issues, error }: TaskAnswer): void {
    metrics.tasks.add({ outcome: error === undefined ? 'predicted' : 'failed' })
    if (error !== undefined) logger.error({ task: task.id, err: describeError(error) }, 'task failed')
    for (const { code } of issues) metrics.refused.add({ reason: code })
    if (issues.length > 0) logger.warn({ task: task.id, issues: issues.slice(0, 10) }, 'results not sent')
  }

  /** The answer for a whole task where nobody needs to be asked. */
  function knownAnswer({ project }: TaskRequest, key: string): TaskAnswer | undefined {
    const cached = cache?.get(key)
    if (cached !== undefined) {
      metrics.tasks.add({ outcome: 'cached' })
      return { prediction: JSON.parse(cached), issues: [] }
    }
    if (project.bindings.some(({ answers }) => answers !== 'prompts')) return undefined
    metrics.tasks.add({ outcome: 'left' })
    return { issues: [] }
  }

  /** What a list or an opened task asks. */
  async function predictWhole(request: TaskRequest, key: string): Promise<TaskAnswer> {
    const answer = await (request.priority === 'interactive'
      ? predict(request, key)
      : inSlot(request.signal, () => predict(request, key)))
    if (answer.prediction !== undefined) cache?.set(key, JSON.stringify(answer.prediction))
    return answer
  }

  return async (request) => {
    const { project, task, context, signal } = request
    let answer: TaskAnswer | undefined
    try {
      if (project.bindings.length === 0) throw nothingBound()
      const key = JSON.stringify([project.modelVersion, task.data, context?.results])
      if (context === undefined) {
        prepareTask(request, media)
        const known = knownAnswer(request, key)
        if (known !== undefined) return known
        answer = await predictWhole(request, key)
      } else {
        answer = await answerNewest(request, (one) => predict(one, key))
        if (answer === undefined) return { prediction: { result: [], model_version: project.modelVersion }, issues: [] }
      }
    } catch (reason) {
      answer = { error: toPrelabelError(reason), issues: [] }
      if (signal.aborted) {
        metrics.tasks.add({ outcome: 'abandoned' })
        return answer
      }
    }
    logAnswer(request, answer)
    return answer
  }
}

/** Predictions as JSON, so that their size is known. */
function createCache(maxSize: number, ttl: number): LRUCache<string, string> {
  return new LRUCache<string, string>({ maxSize, ttl, sizeCalculation: (json, key) => key.length + json.length })
}

function toPrelabelError(reason: unknown): PrelabelError {
  if (PrelabelError.isInstance(reason)) return reason
  return new PrelabelError('the task could not be predicted', { code: 'task-failed', cause: reason })
}

function nothingBound(): PrelabelError {
  return new PrelabelError('no adapter fills a control of this labeling config', {
    code: 'nothing-bound',
    hint: 'The binding report says for each control why: `backend.report()`, or a POST of the config to /validate.',
  })
}
