/** One call of Label Studio's API: authorized, within a time, tried again where that is safe, its answer checked. */

import type { z } from 'zod'
import { PrelabelError } from '../errors.js'
import { answerError, unreachableError } from './api-errors.js'
import type { Authorization } from './authorization.js'
import type { BaseUrl } from './base-url.js'
import { type Attempt, type RetryOptions, withRetries } from './retry.js'

export interface ApiCall {
  readonly method?: 'GET' | 'POST' | 'PATCH' | 'DELETE'
  /** Within Label Studio: `/api/projects`. */
  readonly path: string
  readonly query?: Readonly<Record<string, string | number | boolean | undefined>>
  /** Sent as JSON; a FormData as it is. */
  readonly body?: unknown
  readonly signal?: AbortSignal
  /** For one try, instead of the client's. */
  readonly timeoutSeconds?: number
}

export interface Api {
  /** The answer's JSON, checked. @throws PrelabelError `label-studio-…` */
  call<S extends z.ZodType>(schema: S, call: ApiCall): Promise<z.infer<S>>
  /** For answers that do not matter. */
  send(call: ApiCall): Promise<void>
  /** The answer's body as it comes. */
  stream(call: ApiCall): Promise<AsyncIterable<Uint8Array>>
}

export interface ApiSetting {
  readonly base: BaseUrl
  readonly authorization: Authorization
  readonly fetch: typeof globalThis.fetch
  readonly timeoutSeconds: number
  readonly retry: RetryOptions
}

/** Too many requests, or a server that is starting or behind a proxy that lost it. */
const RETRYABLE_STATUSES = new Set([429, 502, 503, 504])

export function createApi(setting: ApiSetting): Api {
  return {
    async call(schema, call) {
      const response = await send(setting, call)
      const parsed = schema.safeParse(await response.json().catch(() => undefined))
      if (parsed.success) return parsed.data
      const [issue] = parsed.error.issues
      throw new PrelabelError(
        `${describe(call)} answered with something unexpected: ${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}`,
        { code: 'label-studio-answer', hint: 'Supported is Label Studio 1.23; check that the URL leads to it.' },
      )
    },
    async send(call) {
      const response = await send(setting, call)
      await response.body?.cancel()
    },
    async stream(call) {
      const response = await send(setting, call)
      return response.body ?? new ReadableStream<Uint8Array>({ start: (controller) => controller.close() })
    },
  }
}

function send(setting: ApiSetting, call: ApiCall): Promise<Response> {
  return withRetries(setting.retry, call.signal, () => attempt(setting, call))
}

async function attempt(setting: ApiSetting, call: ApiCall): Promise<Attempt<Response>> {
  const isSafe = call.method !== 'POST'
  try {
    const header = await setting.authorization.header()
    const first = await fetchOnce(setting, call, header)
    const isRenewed = first.status === 401 && setting.authorization.refused(header)
    const response = isRenewed ? await fetchOnce(setting, call, await setting.authorization.header()) : first
    if (response.ok) return { value: response }
    const error = await answerError(describe(call), call.path, response, setting.authorization.kind)
    const isRetryable = RETRYABLE_STATUSES.has(response.status) && (isSafe || response.status === 429)
    return { failure: { error, isRetryable, ...retryAfter(response) } }
  } catch (cause) {
    if (PrelabelError.isInstance(cause)) return { failure: { error: cause, isRetryable: isSafe && isOutage(cause) } }
    const error = unreachableError(describe(call), setting.base.href, cause)
    return { failure: { error, isRetryable: (isSafe || wasNeverSent(cause)) && !call.signal?.aborted } }
  }
}

function fetchOnce({ base, fetch, ...usual }: ApiSetting, call: ApiCall, header: string): Promise<Response> {
  const { method = 'GET', path, query = {}, body, signal, timeoutSeconds = usual.timeoutSeconds } = call
  const url = new URL(base.join(path))
  for (const [name, value] of Object.entries(query)) if (value !== undefined) url.searchParams.set(name, String(value))
  const timeout = AbortSignal.timeout(timeoutSeconds * 1000)
  const isJson = body !== undefined && !(body instanceof FormData)
  return fetch(url, {
    method,
    headers: {
      authorization: header,
      accept: 'application/json',
      ...(isJson ? { 'content-type': 'application/json' } : {}),
    },
    ...(body === undefined ? {} : { body: body instanceof FormData ? body : JSON.stringify(body) }),
    redirect: 'manual',
    signal: signal === undefined ? timeout : AbortSignal.any([signal, timeout]),
  })
}

function describe({ method = 'GET', path }: ApiCall): string {
  return `${method} ${path}`
}

function retryAfter(response: Response): { retryAfterMs?: number } {
  const seconds = Number(response.headers.get('retry-after') ?? Number.NaN)
  return Number.isNaN(seconds) ? {} : { retryAfterMs: seconds * 1000 }
}

function isOutage(error: PrelabelError): boolean {
  return error.code === 'label-studio-unreachable'
}

/** A refused connection took nothing in, so that even a POST may be tried again. */
function wasNeverSent(cause: unknown): boolean {
  const inner = cause instanceof Error ? cause.cause : undefined
  return inner instanceof Error && 'code' in inner && inner.code === 'ECONNREFUSED'
}
