import type { Item } from '../../adapters/adapter.js'
import type { Task } from '../../results/task.js'
import type { Binding } from '../binding/bind-adapters.js'
import type { LoadedPage } from './load-inputs.js'

/** One item of an adapter and the pages that it is made of. */
export interface TaskItem {
  readonly item: Item
  readonly pages: readonly LoadedPage[]
}

/** The items that a binding's adapter is asked about: the whole task, or each page by itself. */
export function taskItems(
  { runtime, controls, project, remembered }: Binding,
  task: Task,
  pages: readonly LoadedPage[],
): readonly TaskItem[] {
  const groups = runtime.adapter.scope === 'task' ? [pages] : pages.map((page) => [page])
  return groups.flatMap((inputs) => {
    const [first] = inputs
    if (first === undefined) return []
    const item: Item = {
      task,
      object: first.object,
      controls: controls.map(({ control }) => control),
      input: first.input,
      inputs,
      ...(project === undefined ? {} : { project }),
      ...(remembered === undefined ? {} : { remembered }),
    }
    return [{ item, pages: inputs }]
  })
}
