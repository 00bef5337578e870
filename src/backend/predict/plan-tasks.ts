/** What comes before predictions of many tasks: what they would cost, and what can be got cheaper ahead of them. */

import type { AdapterBatch, AdapterPlan, BatchState, Logger } from '../../adapters/adapter.js'
import type { MediaLoader } from '../../media/media-loader.js'
import type { Task } from '../../results/task.js'
import type { AdapterRuntime } from '../adapters/adapter-runtime.js'
import type { Project } from '../projects.js'
import { streamItems, type TaskProblem } from './stream-items.js'

/** What a run would ask and cost, by adapter. */
export interface BackendPlan {
  /** Adapters that fill something, in their order; without `plan` those that cannot tell. */
  readonly adapters: readonly { readonly adapter: string; readonly plan?: AdapterPlan }[]
  /** Tasks that could not be read, once each. */
  readonly problems: readonly TaskProblem[]
}

/** What was got ready, by adapter. */
export interface BackendBatch {
  /** Adapters that fill something, in their order; without `batch` those that have no such way. */
  readonly adapters: readonly { readonly adapter: string; readonly batch?: AdapterBatch }[]
}

export interface BulkRequest {
  readonly project: Project
  readonly tasks: readonly Task[]
  readonly media: () => Promise<MediaLoader>
  readonly signal: AbortSignal
  readonly logger: Logger
}

export async function planTasks(request: BulkRequest): Promise<BackendPlan> {
  const { project, tasks, media, signal, logger } = request
  const problems = new Map<number, TaskProblem>()
  const adapters: { adapter: string; plan?: AdapterPlan }[] = []
  for (const runtime of boundRuntimes(project)) {
    const { adapter } = runtime
    const items = streamItems(runtime, project, tasks, media, signal, (problem) => problems.set(problem.index, problem))
    const plan = await adapter.plan?.(items, { signal, logger })
    adapters.push({ adapter: adapter.name, ...(plan === undefined ? {} : { plan }) })
  }
  return { adapters, problems: [...problems.values()].sort((a, b) => a.index - b.index) }
}

/** @param stateOf the state of an adapter, by its name */
export async function runBatches(
  { project, tasks, media, signal, logger }: BulkRequest,
  stateOf: (adapter: string) => BatchState,
): Promise<BackendBatch> {
  const adapters: { adapter: string; batch?: AdapterBatch }[] = []
  for (const runtime of boundRuntimes(project)) {
    const { adapter } = runtime
    // Tasks that cannot be read fail when they are predicted, and say why there.
    const items = streamItems(runtime, project, tasks, media, signal, () => undefined)
    const batch = await adapter.runBatch?.(items, { signal, logger, state: stateOf(adapter.name) })
    adapters.push({ adapter: adapter.name, ...(batch === undefined ? {} : { batch }) })
  }
  return { adapters }
}

function boundRuntimes({ bindings }: Project): readonly AdapterRuntime[] {
  return [...new Set(bindings.map(({ runtime }) => runtime))]
}
