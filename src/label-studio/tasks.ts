/** Tasks of a project. */

import { z } from 'zod'
import { PrelabelError } from '../errors.js'
import type { Api } from './request.js'
import { type ApiTask, taskSchema } from './schemas.js'

export interface TasksApi {
  /** All tasks with their annotations and predictions, page by page: a page is fetched when it is needed. */
  list(project: number, options?: { readonly pageSize?: number }): AsyncIterable<ApiTask>
  /** One task. Label Studio asks the backend for predictions on this call when the task has none. */
  get(id: number): Promise<ApiTask>
  delete(id: number): Promise<void>
}

const taskPage = z.object({ tasks: z.array(taskSchema), total: z.int() })

export function tasksApi(api: Api): TasksApi {
  return {
    async *list(project, { pageSize = 100 } = {}) {
      for (let page = 1, seen = 0, total = 1; seen < total; page++) {
        const query = { project, page, page_size: pageSize, fields: 'all' }
        const answer = await api.call(taskPage, { path: '/api/tasks', query }).catch(orEnd)
        yield* answer.tasks
        seen += answer.tasks.length
        total = answer.tasks.length === 0 ? 0 : answer.total
      }
    },
    get: (id) => api.call(taskSchema, { path: `/api/tasks/${id}` }),
    delete: (id) => api.send({ method: 'DELETE', path: `/api/tasks/${id}` }),
  }
}

/** Tasks that are deleted while pages are read make the last page vanish. */
function orEnd(error: unknown): z.infer<typeof taskPage> {
  if (PrelabelError.isInstance(error) && error.code === 'label-studio-not-found') return { tasks: [], total: 0 }
  throw error
}
