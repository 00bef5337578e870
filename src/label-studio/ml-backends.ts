/** The ML backends that a project is connected to. */

import { z } from 'zod'
import type { Api } from './request.js'
import { type MlBackend, mlBackendSchema } from './schemas.js'

/** How Label Studio is to reach a backend. */
export interface Connection {
  readonly project: number
  /** As seen from Label Studio. */
  readonly url: string
  readonly title?: string
  /** Whether smart tools may ask it while somebody draws. */
  readonly isInteractive?: boolean
  readonly basicAuth?: { readonly user: string; readonly password: string }
  /** Handed to the backend at `/setup`. */
  readonly extraParams?: object
}

export interface MlBackendsApi {
  /** Label Studio asks each backend for its health and sets it up again on this call. */
  list(project: number): Promise<readonly MlBackend[]>
  get(id: number): Promise<MlBackend>
  /** @throws PrelabelError `label-studio-refused` with the reason when Label Studio cannot reach it */
  connect(connection: Connection): Promise<MlBackend>
  delete(id: number): Promise<void>
  train(id: number): Promise<void>
  versions(id: number): Promise<readonly string[]>
  /**
   * Interactive pre-annotation of a task, as the editor asks for it.
   *
   * @param context results of the regions just drawn
   * @returns the backend's prediction
   */
  annotateInteractively(id: number, task: number, context: readonly object[]): Promise<unknown>
}

/** Label Studio itself waits 100 s for a backend that trains or predicts. */
const BACKEND_TIMEOUT_S = 120

const versionsAnswer = z.object({ versions: z.array(z.string()) })
const interactiveAnswer = z.looseObject({ data: z.unknown().optional(), errors: z.array(z.string()).optional() })

export function mlBackendsApi(api: Api): MlBackendsApi {
  const one = (id: number) => `/api/ml/${id}`
  return {
    list: (project) => api.call(z.array(mlBackendSchema), { path: '/api/ml', query: { project } }),
    get: (id) => api.call(mlBackendSchema, { path: one(id) }),
    connect: (connection) =>
      api.call(mlBackendSchema, { method: 'POST', path: '/api/ml', body: connectionBody(connection) }),
    delete: (id) => api.send({ method: 'DELETE', path: one(id) }),
    train: (id) => api.send({ method: 'POST', path: `${one(id)}/train`, body: {}, timeoutSeconds: BACKEND_TIMEOUT_S }),
    versions: async (id) => (await api.call(versionsAnswer, { path: `${one(id)}/versions` })).versions,
    async annotateInteractively(id, task, context) {
      const body = { task, context: { result: context } }
      const path = `${one(id)}/interactive-annotating`
      const answer = await api.call(interactiveAnswer, {
        method: 'POST',
        path,
        body,
        timeoutSeconds: BACKEND_TIMEOUT_S,
      })
      return answer.data ?? answer
    },
  }
}

function connectionBody({ project, url, title = 'prelabel', isInteractive = false, ...more }: Connection): object {
  return {
    project,
    url,
    title,
    is_interactive: isInteractive,
    ...(more.basicAuth === undefined
      ? {}
      : {
          auth_method: 'BASIC_AUTH',
          basic_auth_user: more.basicAuth.user,
          basic_auth_pass: more.basicAuth.password,
        }),
    ...(more.extraParams === undefined ? {} : { extra_params: more.extraParams }),
  }
}
