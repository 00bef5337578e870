import type { DrawnResults, Logger } from '../../adapters/adapter.js'
import { foundPart } from '../../adapters/partly-failed.js'
import type { Cancellation } from '../../cancellation.js'
import type { ObjectTag } from '../../config/index.js'
import type { Priority } from '../../inference/batcher.js'
import type { Issue } from '../../issues.js'
import type { MediaLoader } from '../../media/media-loader.js'
import type { Finding } from '../../results/findings.js'
import type { Task } from '../../results/task.js'
import type { Binding } from '../binding/bind-adapters.js'
import type { Project } from '../projects.js'
import { bindingsFor, createPromptReader, drawnItems, drawnPage, type PromptReader } from './drawn-items.js'
import { expandRepeated } from './expand-repeated.js'
import { holdFiles } from './hold-files.js'
import { type LoadedPage, loadInputs } from './load-inputs.js'
import { type TaskItem, taskItems } from './task-items.js'

/** One task to predict. */
export interface TaskRequest {
  readonly project: Project
  readonly task: Task
  /** Set in interactive pre-annotation. */
  readonly context?: DrawnResults
  readonly priority: Priority
  /** 0-based place in the list that is worked off. @default 0 */
  readonly place?: number
  readonly signal: Cancellation
  /** Of the request that asks, with its id. */
  readonly logger: Logger
}

/** What a binding's adapter found in one item. */
export interface Found {
  readonly binding: Binding
  /** What the item was made of. */
  readonly pages: readonly LoadedPage[]
  readonly findings: readonly Finding[]
  /** Controls that could not be filled, with why. */
  readonly leftOut?: readonly Issue[]
  /** What was drawn and could not be read, with why. */
  readonly unread?: readonly Issue[]
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
  const { project, task, context, priority, signal } = request
  const read = context === undefined ? undefined : createPromptReader(project.config, task, context)
  const loaded = new Map<string, Promise<readonly LoadedPage[]>>()
  const held = holdFiles(media, priority)
  const load = (object: ObjectTag) => {
    const only = context === undefined ? undefined : drawnPage(context, object.name)
    const pages = loaded.get(object.name) ?? loadInputs(object, task, held.media, () => signal.toSignal(), only)
    loaded.set(object.name, pages)
    return pages
  }
  const bindings = project.bindings.flatMap((binding) => expandRepeated(binding, task.data))
  const asked =
    context === undefined
      ? bindings.filter(({ answers }) => answers !== 'prompts')
      : bindingsFor(project.config, bindings, context)
  return Promise.allSettled(
    asked.map((binding) => runBinding(binding, request, `${key}\n${bindings.indexOf(binding)}`, load, read)),
  ).finally(held.release)
}

async function runBinding(
  binding: Binding,
  { task, context, priority, signal }: TaskRequest,
  key: string,
  load: (object: ObjectTag) => Promise<readonly LoadedPage[]>,
  read: PromptReader | undefined,
): Promise<readonly Found[]> {
  const pages = (await Promise.all(binding.objects.map(load))).flat()
  const ask = async (asked: Binding, { item, pages: inputs }: TaskItem, index: number): Promise<Found> => {
    const part = foundPart(await asked.runtime.predict(item, { key: `${key}\n${index}`, priority, signal }))
    if (part instanceof Error) throw part
    return { binding: asked, pages: inputs, findings: part.findings, leftOut: part.issues }
  }
  if (context === undefined || read === undefined) {
    return Promise.all(taskItems(binding, task, pages).map((item, index) => ask(binding, item, index)))
  }
  const { items, issues } = drawnItems(binding, task, pages, context, read)
  const unread = issues.length === 0 ? [] : [{ binding, pages, findings: [], unread: issues }]
  return [...unread, ...(await Promise.all(items.map((item, index) => ask(item.binding, item, index))))]
}
