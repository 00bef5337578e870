import type { Task } from '../../results/task.js'
import type { TaskRequest } from './run-bindings.js'

/**
 * What the answer for a task depends on, as text: requests with the same key are answered once, and from the cache. The
 * project belongs to it, since a file may be open to one project alone.
 */
export function answerKey({ project, task, context }: TaskRequest): string {
  const readsAll = project.bindings.some(({ runtime }) => runtime.adapter.reads === 'task')
  const of: Task & { readonly project?: unknown } = task
  const read = readsAll ? task : [task.data, task.meta]
  const drawn = context === undefined ? undefined : [task.id, context.results]
  return JSON.stringify([project.id, of.project, project.modelVersion, read, drawn])
}
