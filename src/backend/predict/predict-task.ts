import { LRUCache } from 'lru-cache'
import { PrelabelError } from '../../errors.js'
import type { MediaLoader } from '../../media/media-loader.js'
import { describeError } from '../describe-error.js'
import type { BackendMetrics, TaskOutcome } from '../metrics/backend-metrics.js'
import type { Project } from '../projects.js'
import { answerKey } from './answer-key.js'
import { createFairSlots } from './fair-slots.js'
import { createAnswerNewest, logDrawn } from './newest-drawn.js'
import { prepareTask } from './prepare-task.js'
import { renderPrediction } from './render-prediction.js'
import { runBindings, type TaskRequest } from './run-bindings.js'
import { createSharedWork } from './shared-work.js'
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

/** An answer, and what became of the task. */
export interface PredictedTask {
  readonly answer: TaskAnswer
  readonly outcome: TaskOutcome
}

/** Predicts one task. It never rejects: a failure is in the answer. */
export type PredictTask = (request: TaskRequest) => Promise<PredictedTask>

export function createTaskPredictor(options: TaskPredictorOptions): PredictTask {
  const { media, metrics, tasksInHand, cacheSize, cacheMs } = options
  const inSlot = createFairSlots(tasksInHand)
  const cache = cacheSize > 0 ? createCache(cacheSize, cacheMs) : undefined
  const share = createSharedWork<PredictedTask>()
  const answerNewest = createAnswerNewest()

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
    if (error !== undefined) logger.error({ task: task.id, err: describeError(error) }, 'task failed')
    const refused = issues.filter(({ severity }) => severity === 'error')
    const changed = issues.filter(({ severity }) => severity === 'warning')
    for (const { code } of refused) metrics.refused.add({ reason: code })
    if (refused.length > 0) logger.warn({ task: task.id, issues: refused.slice(0, 10) }, 'results not sent')
    if (changed.length > 0) logger.warn({ task: task.id, issues: changed.slice(0, 10) }, 'results changed and sent')
  }

  /** The answer for a whole task where nobody needs to be asked. */
  function knownAnswer({ project }: TaskRequest, key: string): PredictedTask | undefined {
    const cached = cache?.get(key)
    if (cached !== undefined) return { answer: { prediction: JSON.parse(cached), issues: [] }, outcome: 'cached' }
    if (project.bindings.some(({ answers }) => answers !== 'prompts')) return undefined
    return { answer: { issues: [] }, outcome: 'left' }
  }

  async function predictAndKeep(request: TaskRequest, key: string): Promise<PredictedTask> {
    const answer = await predict(request, key)
    if (answer.prediction !== undefined) cache?.set(key, JSON.stringify(answer.prediction))
    return answered(answer)
  }

  /** What a list or an opened task asks. Whoever opened one waits for no list: what its adapters have in hand they share. */
  function predictWhole(request: TaskRequest, key: string): Promise<PredictedTask> {
    const { project, priority, signal: given } = request
    if (priority === 'interactive') return predictAndKeep(request, key)
    return share(key, given, (signal) =>
      // Somebody may have opened it while the list waited.
      inSlot(
        project.id ?? project.modelVersion,
        signal,
        async () => knownAnswer(request, key) ?? predictAndKeep({ ...request, signal }, key),
      ),
    )
  }

  async function ask(request: TaskRequest): Promise<PredictedTask> {
    const { project, context } = request
    if (project.bindings.length === 0) throw project.failure ?? nothingBound()
    const key = answerKey(request)
    if (context !== undefined) {
      const answer = await answerNewest(request, (one) => predict(one, key))
      return answer === undefined ? superseded(project) : answered(answer)
    }
    prepareTask(request, media)
    return knownAnswer(request, key) ?? predictWhole(request, key)
  }

  return async (request) => {
    const predicted = await ask(request).catch((reason: unknown) =>
      answered({ error: toPrelabelError(reason), issues: [] }),
    )
    const { answer, outcome } = predicted
    if (outcome === 'failed' && request.signal.aborted) return { answer, outcome: 'abandoned' }
    if (outcome === 'predicted' || outcome === 'failed') logAnswer(request, answer)
    return predicted
  }
}

function answered(answer: TaskAnswer): PredictedTask {
  return { answer, outcome: answer.error === undefined ? 'predicted' : 'failed' }
}

function superseded({ modelVersion }: Project): PredictedTask {
  return { answer: { prediction: { result: [], model_version: modelVersion }, issues: [] }, outcome: 'superseded' }
}

/** Predictions as JSON, so that their size is known. */
function createCache(maxSize: number, ttl: number): LRUCache<string, string> {
  return new LRUCache<string, string>({ maxSize, ttl, sizeCalculation: (json, key) => key.length + json.length })
}

function toPrelabelError(reason: unknown): PrelabelError {
  if (PrelabelError.isInstance(reason)) return reason
  return new PrelabelError('the task could not be predicted', {
    code: 'task-failed',
    hint: 'The log has the cause, under the request id.',
    cause: reason,
  })
}

function nothingBound(): PrelabelError {
  return new PrelabelError('no adapter fills a control of this labeling config', {
    code: 'nothing-bound',
    hint: 'The binding report says for each control why: `backend.report()`, or a POST of the config to /validate.',
  })
}
