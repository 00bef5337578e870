/** Projects, and what goes into and out of them whole. */

import { z } from 'zod'
import type { Api } from './request.js'
import { type ImportResult, importResultSchema, type Project, projectSchema } from './schemas.js'

/**
 * A task to import: its data, and predictions or annotations that come with it. Label Studio 1.23.2 on SQLite drops the
 * latter in silence when another request writes at the same moment: `ImportResult` counts what it stored.
 */
export interface NewTask {
  readonly data: Readonly<Record<string, unknown>>
  readonly predictions?: readonly object[]
  readonly annotations?: readonly object[]
  readonly meta?: object
}

/** Fields of a project that can be set, under the API's names: `title`, `label_config`, `model_version`, … */
export type ProjectFields = Readonly<Record<string, unknown>> & {
  readonly title?: string
  readonly label_config?: string
  readonly model_version?: string
}

export interface ProjectsApi {
  list(): AsyncIterable<Project>
  get(id: number): Promise<Project>
  create(fields: ProjectFields & { readonly title: string }): Promise<Project>
  update(id: number, fields: ProjectFields): Promise<Project>
  delete(id: number): Promise<void>
  importTasks(id: number, tasks: readonly NewTask[]): Promise<ImportResult>
  /** Uploads a file: a picture becomes a task; a JSON or CSV of tasks becomes those. */
  uploadFile(id: number, file: Blob, name: string): Promise<ImportResult>
  /**
   * The export as Label Studio writes it. It begins once Label Studio has made it, however long the reading takes then.
   *
   * @param type `JSON`, `JSON_MIN`, `CSV`, `COCO`, …
   * @throws PrelabelError `label-studio-…`, also while it is read: `label-studio-unreachable` when it breaks off
   */
  export(
    id: number,
    type: string,
    options?: { readonly onlyFinished?: boolean; readonly signal?: AbortSignal },
  ): Promise<AsyncIterable<Uint8Array>>
}

const PAGE_SIZE = 100
const projectPage = z.object({ results: z.array(projectSchema), next: z.string().nullable() })

export function projectsApi(api: Api): ProjectsApi {
  const one = (id: number) => `/api/projects/${id}`
  return {
    async *list() {
      for (let page = 1; ; page++) {
        const query = { page, page_size: PAGE_SIZE }
        const { results, next } = await api.call(projectPage, { path: '/api/projects', query })
        yield* results
        if (next === null) return
      }
    },
    get: (id) => api.call(projectSchema, { path: one(id) }),
    create: (fields) => api.call(projectSchema, { method: 'POST', path: '/api/projects', body: fields }),
    update: (id, fields) => api.call(projectSchema, { method: 'PATCH', path: one(id), body: fields }),
    delete: (id) => api.send({ method: 'DELETE', path: one(id) }),
    importTasks: (id, tasks) =>
      api.call(importResultSchema, {
        method: 'POST',
        path: `${one(id)}/import`,
        query: { return_task_ids: true },
        body: tasks,
      }),
    uploadFile(id, file, name) {
      const body = new FormData()
      body.set('file', file, name)
      return api.call(importResultSchema, {
        method: 'POST',
        path: `${one(id)}/import`,
        query: { return_task_ids: true },
        body,
      })
    },
    export: (id, type, { onlyFinished = true, signal } = {}) =>
      api.stream({
        ...(signal === undefined ? {} : { signal }),
        path: `${one(id)}/export`,
        query: { exportType: type, download_all_tasks: onlyFinished ? undefined : true },
      }),
  }
}
