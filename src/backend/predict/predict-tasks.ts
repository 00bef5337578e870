import { z } from 'zod'
import type { DrawnResults, Logger } from '../../adapters/adapter.js'
import { type AbortSource, type Cancellation, createCancellation } from '../../cancellation.js'
import { PrelabelError } from '../../errors.js'
import type { Priority } from '../../inference/batcher.js'
import type { Task } from '../../results/task.js'
import type { Deadline } from '../deadline.js'
import { describeError } from '../describe-error.js'
import type { BackendMetrics } from '../metrics/backend-metrics.js'
import type { Project } from '../projects.js'
import { isTask, taskSchema } from '../protocol/requests.js'
import type { LatePrediction, LateWork } from './finish-late.js'
import type { PredictTask } from './predict-task.js'
import type { TaskAnswer } from './task-answer.js'

export interface TasksRequest {
  /** It may still be opening: that counts for the deadline too. */
  readonly project: Project | Promise<Project>
  /** As they came; each is checked by itself. */
  readonly tasks: readonly unknown[]
  readonly context?: DrawnResults
  readonly signal?: AbortSource
  /** When the answer must be there; without it, all tasks are waited for. */
  readonly deadline?: Deadline
  /** Of the request that asks, with its id. */
  readonly logger: Logger
  readonly metrics: Pick<BackendMetrics, 'tasks' | 'lateTasks'>
}

export interface TasksAnswer {
  /** Absent when it was not opened in time. */
  readonly modelVersion?: string
  /** One answer a task, in order. */
  readonly answers: readonly TaskAnswer[]
  /** What goes on after the deadline: nothing, when all was done or the backend shuts down. */
  readonly late: readonly LateWork[]
}

/**
 * Predicts tasks. With a deadline, the ones that are not done by then are answered with its error and go on until the
 * backend shuts down; from then on the caller's signal does not count for them.
 *
 * @throws what opening the project throws before the deadline
 */
export async function predictTasks(predictTask: PredictTask, request: TasksRequest): Promise<TasksAnswer> {
  const { project, tasks, context, signal, deadline, logger, metrics } = request
  const priority = priorityOf(tasks, context)
  const given = createCancellation()
  const leave = () => given.abort(signal?.reason)
  if (signal?.aborted) leave()
  signal?.addEventListener('abort', leave, { once: true })

  let counter = metrics.tasks
  const done = tasks.map((): TaskAnswer | undefined => undefined)
  const work = tasks.map(async (value, index): Promise<LatePrediction | undefined> => {
    const task = readTask(value, index)
    if (PrelabelError.isInstance(task)) {
      logger.error({ index, err: describeError(task) }, 'task failed')
      done[index] = { error: task, issues: [] }
      counter.add({ outcome: 'failed' })
      return undefined
    }
    const { answer, outcome } = await predictTask({
      project: await project,
      task,
      priority,
      place: index,
      signal: given,
      logger,
      ...(context === undefined ? {} : { context }),
    })
    done[index] = answer
    counter.add({ outcome })
    return answer.prediction === undefined ? undefined : { task, prediction: answer.prediction }
  })
  let opened: { readonly modelVersion?: string } = {}
  const opening = Promise.resolve(project).then(({ modelVersion }) => {
    opened = { modelVersion }
  })
  const all = Promise.all([opening, ...work])
  const passed = await Promise.race([all.then(() => undefined), ...(deadline === undefined ? [] : [deadline.passed])])
  signal?.removeEventListener('abort', leave)
  if (deadline === undefined || passed === undefined)
    return { ...opened, answers: done.flatMap((answer) => answer ?? []), late: [] }
  const late = deadline.over.aborted
    ? []
    : work.flatMap((one, index) =>
        done[index] !== undefined ? [] : [{ task: tasks[index], work: one.catch(() => undefined) }],
      )
  if (late.length > 0) {
    // Each task of the request counts once: what becomes of these is counted apart.
    metrics.tasks.add({ outcome: 'late' }, late.length)
    counter = metrics.lateTasks
  }
  abortWith(given, deadline.over, all)
  opening.catch((error: unknown) => logger.error({ err: describeError(error) }, 'project not opened'))
  return { ...opened, answers: done.map((answer) => answer ?? { error: passed, issues: [] }), late }
}

/** A task with all that came with it: adapters may read more of it than is checked. */
function readTask(value: unknown, index: number): Task | PrelabelError {
  if (isTask(value)) return value
  const [issue] = taskSchema.safeParse(value).error?.issues ?? []
  const path = z.core.toDotPath(['tasks', index, ...(issue?.path ?? [])])
  return new PrelabelError(`${path}: ${issue?.message ?? 'not valid'}`, {
    code: 'task-invalid',
    path,
    status: 400,
    hint: 'A task is an object with `data`, and an `id` that is a whole number or a text where it has one.',
  })
}

/** Has work given up with `source`, for as long as there is any. */
function abortWith(cancellation: Cancellation, source: AbortSource, work: Promise<unknown>): void {
  const abort = () => cancellation.abort(source.reason)
  if (source.aborted) abort()
  source.addEventListener('abort', abort, { once: true })
  const remove = () => source.removeEventListener('abort', abort)
  void work.then(remove, remove)
}

/** Somebody waits in the editor for a single task; nobody looks at a list while it is worked off. */
export function priorityOf(tasks: readonly unknown[], context: DrawnResults | undefined): Priority {
  return context !== undefined || tasks.length === 1 ? 'interactive' : 'bulk'
}
