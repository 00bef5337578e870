/** Tasks of a project. */

import { z } from 'zod'
import type { Api, ApiCall } from './request.js'
import { type ApiTask, taskSchema } from './schemas.js'

export interface TasksApi {
  /**
   * All tasks with their annotations and predictions, by id, page by page: a page is fetched when it is needed. Tasks may be
   * deleted meanwhile, and those that are added are listed too.
   */
  list(project: number, options?: { readonly pageSize?: number }): AsyncIterable<ApiTask>
  /** One task. Label Studio asks the backend for predictions on this call when the task has none. */
  get(id: number): Promise<ApiTask>
  delete(id: number): Promise<void>
}

const taskPage = z.object({ tasks: z.array(taskSchema), total: z.int() })
type TaskPage = z.infer<typeof taskPage>

export function tasksApi(api: Api): TasksApi {
  return {
    async *list(project, { pageSize = 100 } = {}) {
      for (let last: number | undefined = 0; last !== undefined; ) {
        const page: TaskPage = await api.call(taskPage, {
          path: '/api/tasks',
          query: pageAfter(last, project, pageSize),
        })
        yield* page.tasks
        last = page.tasks.length < page.total ? page.tasks.at(-1)?.id : undefined
      }
    },
    get: (id) => api.call(taskSchema, { path: `/api/tasks/${id}` }),
    delete: (id) => api.send({ method: 'DELETE', path: `/api/tasks/${id}` }),
  }
}

/**
 * Pages are found by the id that comes before, not by their number: tasks that are deleted meanwhile would let others move
 * up to a page that was read. `query` is what the Data Manager filters by.
 */
function pageAfter(id: number, project: number, pageSize: number): NonNullable<ApiCall['query']> {
  const isAfter = { filter: 'filter:tasks:id', operator: 'greater', type: 'Number', value: id }
  const filtered = { filters: { conjunction: 'and', items: [isAfter] }, ordering: ['tasks:id'] }
  return { project, page_size: pageSize, fields: 'all', query: JSON.stringify(filtered) }
}
