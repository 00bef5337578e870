import type { InteractiveContext, Logger } from '../../adapters/adapter.js'
import type { ObjectTag } from '../../config/index.js'
import type { Priority } from '../../inference/batcher.js'
import type { MediaLoader } from '../../media/media-loader.js'
import type { Finding } from '../../results/findings.js'
import type { Task } from '../../results/task.js'
import type { Binding } from '../binding/bind-adapters.js'
import type { Project } from '../projects.js'
import { expandRepeated } from './expand-repeated.js'
import { type LoadedPage, loadInputs } from './load-inputs.js'
import { taskItems } from './task-items.js'

/** One task to predict. */
export interface TaskRequest {
  readonly project: Project
  readonly task: Task
  /** Set in interactive pre-annotation. */
  readonly context?: InteractiveContext
  readonly priority: Priority
  readonly signal: AbortSignal
  /** Of the request that asks, with its id. */
  readonly logger: Logger
}

/** What a binding's adapter found in one item. */
export interface Found {
  readonly binding: Binding
  /** What the item was made of. */
  readonly pages: readonly LoadedPage[]
  readonly findings: readonly Finding[]
}

/**
 * Asks every adapter that the task concerns, each object loaded once.
 *
 * @param key what the task is predicted from: equal ones that are in hand at the same time are predicted once
 * @returns one settled answer for each binding
 */
export function runBindings(
  request: TaskRequest,
  key: string,
  media: () => Promise<MediaLoader>,
): Promise<PromiseSettledResult<readonly Found[]>[]> {
  const { project, task, context, signal } = request
  const loaded = new Map<string, Promise<readonly LoadedPage[]>>()
  const load = (object: ObjectTag) => {
    const pages = loaded.get(object.name) ?? loadInputs(object, task, media, signal)
    loaded.set(object.name, pages)
    return pages
  }
  const bindings = project.bindings
    .flatMap((binding) => expandRepeated(binding, task.data))
    .map((binding, index) => ({ binding, key: `${key}\n${index}` }))
    .filter(({ binding }) => concerns(binding, context))
  return Promise.allSettled(bindings.map((one) => runBinding(one.binding, request, one.key, load)))
}

/** An interactive request is about the objects on which something was drawn; any other about all of them. */
function concerns({ objects }: Binding, context: InteractiveContext | undefined): boolean {
  if (context === undefined) return true
  return objects.some(({ name }) => context.results.some(({ to_name }) => to_name === name))
}

async function runBinding(
  binding: Binding,
  { task, context, priority, signal }: TaskRequest,
  key: string,
  load: (object: ObjectTag) => Promise<readonly LoadedPage[]>,
): Promise<readonly Found[]> {
  const pages = (await Promise.all(binding.objects.map(load))).flat()
  return Promise.all(
    taskItems(binding, task, pages, context).map(async ({ item, pages: inputs }, index) => {
      const outcome = await binding.runtime.predict(item, { key: `${key}\n${index}`, priority, signal })
      if (outcome instanceof Error) throw outcome
      return { binding, pages: inputs, findings: outcome }
    }),
  )
}
