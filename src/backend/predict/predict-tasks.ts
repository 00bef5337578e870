import { z } from 'zod'
import type { DrawnResults, Logger } from '../../adapters/adapter.js'
import { type AbortSource, createCancellation } from '../../cancellation.js'
import { PrelabelError } from '../../errors.js'
import type { Priority } from '../../inference/batcher.js'
import type { Task } from '../../results/task.js'
import { describeError } from '../describe-error.js'
import type { Project } from '../projects.js'
import { isTask, taskSchema } from '../protocol/requests.js'
import type { LatePrediction, LateWork } from './finish-late.js'
import type { PredictTask } from './predict-task.js'
import type { TaskAnswer } from './task-answer.js'

export interface TasksRequest {
  readonly project: Project
  /** As they came; each is checked by itself. */
  readonly tasks: readonly unknown[]
  readonly context?: DrawnResults
  readonly signal?: AbortSource
  /** Milliseconds after which the answer must be there; without it, all tasks are waited for. */
  readonly deadlineMs?: number
  /** Of the request that asks, with its id. */
  readonly logger: Logger
}

export interface TasksAnswer {
  /** One answer a task, in order. */
  readonly answers: readonly TaskAnswer[]
  /** What goes on after the deadline: nothing, when all was done. */
  readonly late: readonly LateWork[]
}

/**
 * Predicts tasks. With a deadline, the ones that are not done by then are answered with `deadline-passed` and go on;
 * from then on the caller's signal does not count for them.
 */
export async function predictTasks(predictTask: PredictTask, request: TasksRequest): Promise<TasksAnswer> {
  const { project, tasks, context, signal, deadlineMs, logger } = request
  const priority = priorityOf(tasks, context)
  const given = createCancellation()
  const leave = () => given.abort(signal?.reason)
  if (signal?.aborted) leave()
  signal?.addEventListener('abort', leave, { once: true })

  const done = tasks.map((): TaskAnswer | undefined => undefined)
  const work = tasks.map(async (value, index): Promise<LatePrediction | undefined> => {
    const task = readTask(value, index)
    if (PrelabelError.isInstance(task)) {
      logger.error({ index, err: describeError(task) }, 'task failed')
      done[index] = { error: task, issues: [] }
      return undefined
    }
    const answer = await predictTask({
      project,
      task,
      priority,
      place: index,
      signal: given,
      logger,
      ...(context === undefined ? {} : { context }),
    })
    done[index] = answer
    return answer.prediction === undefined ? undefined : { task, prediction: answer.prediction }
  })
  await within(deadlineMs, Promise.all(work))
  signal?.removeEventListener('abort', leave)
  return {
    answers: done.map((answer) => answer ?? { error: deadlinePassed(), issues: [] }),
    late: work.flatMap((one, index) => (done[index] !== undefined ? [] : [{ task: tasks[index], work: one }])),
  }
}

/** A task with all that came with it: adapters may read more of it than is checked. */
function readTask(value: unknown, index: number): Task | PrelabelError {
  if (isTask(value)) return value
  const [issue] = taskSchema.safeParse(value).error?.issues ?? []
  const path = z.core.toDotPath(['tasks', index, ...(issue?.path ?? [])])
  return new PrelabelError(`${path}: ${issue?.message ?? 'not valid'}`, { code: 'task-invalid', path, status: 400 })
}

/** Resolves when the work is done or the time is over, whichever comes first. */
async function within(ms: number | undefined, work: Promise<unknown>): Promise<void> {
  if (ms === undefined) return void (await work)
  let timer: ReturnType<typeof setTimeout> | undefined
  const over = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, ms)
  })
  await Promise.race([work, over])
  clearTimeout(timer)
}

function deadlinePassed(): PrelabelError {
  return new PrelabelError('the task was not done in time; it is being finished in the background', {
    code: 'deadline-passed',
    status: 504,
    hint: 'Ask again in a while: what is done by then is answered at once.',
  })
}

/** Somebody waits in the editor for a single task; nobody looks at a list while it is worked off. */
export function priorityOf(tasks: readonly unknown[], context: DrawnResults | undefined): Priority {
  return context !== undefined || tasks.length === 1 ? 'interactive' : 'bulk'
}
