import type { MediaLoader } from '../../media/media-loader.js'
import { expandRepeated } from './expand-repeated.js'
import { holdFiles } from './hold-files.js'
import { loadInputs } from './load-inputs.js'
import type { TaskRequest } from './run-bindings.js'
import { taskItems } from './task-items.js'

/**
 * Lets adapters that answer what is drawn do ahead what they can, once the task is opened or is one of the first of a
 * list. Only the first page of an object: nobody knows which others will be looked at.
 */
export function prepareTask(request: TaskRequest, media: () => Promise<MediaLoader>): void {
  const { project, task, priority, place = 0 } = request
  const opened = priority === 'interactive'
  for (const binding of project.bindings) {
    const { preparesAhead = 0 } = binding.runtime.adapter
    if (binding.answers === 'tasks' || !(opened || place < preparesAhead)) continue
    const held = holdFiles(media, priority)
    const prepared = binding.runtime.prepare(async (signal) => {
      const [first] = expandRepeated(binding, task.data)
      if (first === undefined) return []
      const pages = await Promise.all(
        first.objects.map((object) => loadInputs(object, task, held.media, () => signal, 0)),
      )
      return taskItems(first, task, pages.flat()).map(({ item }) => item)
    }, opened)
    void prepared.finally(held.release)
  }
}
