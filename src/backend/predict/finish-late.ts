import type { Logger, MaybePromise } from '../../adapters/adapter.js'
import type { AbortSource } from '../../cancellation.js'
import type { Prediction } from '../../results/result.js'
import type { Task } from '../../results/task.js'
import { describeError } from '../describe-error.js'
import { createLateChunks } from './late-chunks.js'
import type { LateTasks } from './late-tasks.js'

/** A prediction that came after its request was answered. */
export interface LatePrediction {
  readonly task: Task
  readonly prediction: Prediction
}

/** A task that is being finished after its request was answered; one that fails resolves as undefined. */
export interface LateWork {
  /** As it came. */
  readonly task: unknown
  readonly work: Promise<LatePrediction | undefined>
}

/** Takes late predictions, such as to import them into Label Studio. */
export type OnLate = (late: readonly LatePrediction[], context: LateContext) => MaybePromise<void>

/** What a taker of late predictions may use. */
export interface LateContext {
  /** Of the request that asked, with its id. */
  readonly logger: Logger
}

/**
 * Hands on what is finished after its request was answered, a few at a time, as it comes. A task that another request
 * asks for meanwhile waits for that one, and is left to it when it was answered there. Never rejects.
 *
 * @param closing fires when the backend shuts down: from then on nothing that is ready waits for others
 */
export async function finishLate(
  works: readonly LateWork[],
  lateTasks: LateTasks,
  onLate: OnLate,
  closing: AbortSource,
  logger: Logger,
): Promise<void> {
  const handOn = async (late: readonly LatePrediction[]) => {
    try {
      await onLate(late, { logger })
    } catch (error) {
      logger.error(
        { tasks: late.map(({ task }) => task.id), err: describeError(error) },
        'late predictions not handed on',
      )
    }
  }
  const chunks = createLateChunks(works.length, handOn, closing)
  await Promise.all(
    works.map(async ({ task, work }) => {
      const lateTask = lateTasks.add(task)
      const late = await work
      if (late === undefined) lateTask.drop()
      // One that is asked for again while its chunk fills waits for that request, too.
      else while ((await lateTask.isWanted()) && !(await chunks.add(late, lateTask)));
      chunks.leave()
    }),
  )
  chunks.dispose()
}
