/** A small client of Label Studio's API: what a backend, the command line and training need of it. */

import { z } from 'zod'
import { parseOptions } from '../parse-options.js'
import { type ActionsApi, actionsApi } from './actions.js'
import { type AnnotationsApi, annotationsApi } from './annotations.js'
import { createAuthorization } from './authorization.js'
import { parseBaseUrl } from './base-url.js'
import { type MlBackendsApi, mlBackendsApi } from './ml-backends.js'
import { type PredictionsApi, predictionsApi } from './predictions.js'
import { type ProjectsApi, projectsApi } from './projects.js'
import { type Api, createApi } from './request.js'
import { versionSchema } from './schemas.js'
import { type TasksApi, tasksApi } from './tasks.js'
import { checkToken } from './token.js'
import { type WebhooksApi, webhooksApi } from './webhooks.js'

export interface LabelStudioClientOptions {
  /** With the path prefix, when it has one: `https://example.com/annotate`. */
  readonly url: string
  /** A legacy token or a personal access token. */
  readonly token: string
  readonly fetch?: typeof globalThis.fetch
  /** For one try of one call; of an export, until it begins and from chunk to chunk. @default 60 */
  readonly timeoutSeconds?: number
  /** Tries after the first one, where trying again is safe. @default 3 */
  readonly retries?: number
}

export interface LabelStudioClient {
  readonly url: string
  /** The release: `1.23.2`. */
  version(): Promise<string>
  readonly projects: ProjectsApi
  readonly tasks: TasksApi
  readonly annotations: AnnotationsApi
  readonly predictions: PredictionsApi
  readonly mlBackends: MlBackendsApi
  readonly webhooks: WebhooksApi
  readonly actions: ActionsApi
  /** Any other call, its answer checked with a zod schema. */
  readonly api: Api
}

const optionsSchema = z.strictObject({
  url: z.string(),
  token: z.string().trim(),
  fetch: z.custom<typeof globalThis.fetch>((value) => typeof value === 'function', 'expected a function').optional(),
  timeoutSeconds: z.number().positive().default(60),
  retries: z.int().nonnegative().default(3),
})

const OWNER = { name: 'createLabelStudioClient', code: 'label-studio-options', page: 'docs/label-studio.md' }

/**
 * Every method throws PrelabelError with a `label-studio-…` code. Calls that change nothing, and those that may be
 * repeated without harm, are tried again after an outage, a POST only when it was not taken in; `Retry-After` is honoured
 * up to a minute, and a call that is asked to wait longer ends at once.
 *
 * @throws PrelabelError `label-studio-options`, `label-studio-url`
 */
export function createLabelStudioClient(options: LabelStudioClientOptions): LabelStudioClient {
  const { url, token, fetch = globalThis.fetch, timeoutSeconds, retries } = parseOptions(OWNER, optionsSchema, options)
  checkToken(token, `${OWNER.name}.token`, OWNER.code)
  const base = parseBaseUrl(url)
  const api = createApi({
    base,
    authorization: createAuthorization({ url, token, fetch }),
    fetch,
    timeoutSeconds,
    retry: { retries, firstWaitMs: 500, longestWaitMs: 60_000 },
  })
  return {
    url: base.href,
    version: async () => (await api.call(versionSchema, { path: '/api/version' })).release,
    projects: projectsApi(api),
    tasks: tasksApi(api),
    annotations: annotationsApi(api),
    predictions: predictionsApi(api),
    mlBackends: mlBackendsApi(api),
    webhooks: webhooksApi(api),
    actions: actionsApi(api),
    api,
  }
}
