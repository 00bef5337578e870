import type { Item } from '../../adapters/adapter.js'
import { PrelabelError } from '../../errors.js'
import type { MediaLoader } from '../../media/media-loader.js'
import type { Task } from '../../results/task.js'
import type { AdapterRuntime } from '../adapters/adapter-runtime.js'
import type { Project } from '../projects.js'
import { expandRepeated } from './expand-repeated.js'
import { holdFiles } from './hold-files.js'
import { loadInputs } from './load-inputs.js'
import { taskItems } from './task-items.js'

/** A task of which no items can be made, and why. */
export interface TaskProblem {
  /** Its place among the tasks. */
  readonly index: number
  readonly error: PrelabelError
}

/** Tasks whose media are loaded at the same time, and in memory together. */
const AHEAD = 16

/**
 * The items that an adapter would be asked about, for any number of tasks: made as they are taken, in order.
 *
 * @param onProblem told of tasks that give none
 * @throws the signal's reason
 */
export async function* streamItems(
  runtime: AdapterRuntime,
  project: Project,
  tasks: readonly Task[],
  media: () => Promise<MediaLoader>,
  signal: AbortSignal,
  onProblem: (problem: TaskProblem) => void,
): AsyncGenerator<Item> {
  const bindings = project.bindings.filter((binding) => binding.runtime === runtime)

  async function itemsOf(task: Task, loader: () => Promise<MediaLoader>): Promise<readonly Item[]> {
    const items = bindings
      .flatMap((binding) => expandRepeated(binding, task.data))
      .map(async (binding) => {
        const pages = await Promise.all(binding.objects.map((object) => loadInputs(object, task, loader, () => signal)))
        return taskItems(binding, task, pages.flat()).map(({ item }) => item)
      })
    return (await Promise.all(items)).flat()
  }

  for (let begin = 0; begin < tasks.length; begin += AHEAD) {
    const held = holdFiles(media, 'bulk')
    try {
      const some = tasks.slice(begin, begin + AHEAD)
      const made = await Promise.allSettled(some.map((task) => itemsOf(task, held.media)))
      for (const [offset, result] of made.entries()) {
        signal.throwIfAborted()
        if (result.status === 'fulfilled') yield* result.value
        else onProblem({ index: begin + offset, error: toPrelabelError(result.reason) })
      }
    } finally {
      await held.release()
    }
  }
}

function toPrelabelError(reason: unknown): PrelabelError {
  if (PrelabelError.isInstance(reason)) return reason
  return new PrelabelError('the task could not be read', {
    code: 'task-failed',
    hint: 'The cause says what its fields lack.',
    cause: reason,
  })
}
