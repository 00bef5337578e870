/** One call of Label Studio's API: authorized, within a time, tried again where that is safe, its answer checked. */

import type { z } from 'zod'
import { PrelabelError } from '../errors.js'
import { abortedError, answerError, parseJson, unexpectedError, unreachableError } from './api-errors.js'
import type { Authorization } from './authorization.js'
import type { BaseUrl } from './base-url.js'
import { OutageError } from './outage.js'
import { type Attempt, type Failure, type RetryOptions, withRetries } from './retry.js'
import { createTimeLimit, type TimeLimit } from './time-limit.js'

export interface ApiCall {
  readonly method?: 'GET' | 'POST' | 'PATCH' | 'DELETE'
  /** Within Label Studio: `/api/projects`. */
  readonly path: string
  readonly query?: Readonly<Record<string, string | number | boolean | undefined>>
  /** Sent as JSON; a FormData as it is. */
  readonly body?: unknown
  readonly signal?: AbortSignal
  /** For one try, instead of the client's; of streams, until the headers and from chunk to chunk. */
  readonly timeoutSeconds?: number
}

export interface Api {
  /** The answer's JSON, checked. @throws PrelabelError `label-studio-…` */
  call<S extends z.ZodType>(schema: S, call: ApiCall): Promise<z.infer<S>>
  /** For answers that do not matter. */
  send(call: ApiCall): Promise<void>
  /** The answer's body as it comes. An outage after it began ends it. @throws PrelabelError `label-studio-…`, while it is read, too */
  stream(call: ApiCall): Promise<AsyncIterable<Uint8Array>>
}

export interface ApiSetting {
  readonly base: BaseUrl
  readonly authorization: Authorization
  readonly fetch: typeof globalThis.fetch
  readonly timeoutSeconds: number
  readonly retry: RetryOptions
}

export function createApi(setting: ApiSetting): Api {
  return {
    async call(schema, call) {
      const text = await withRetries(setting.retry, call.signal, () => attempt(setting, call, readWhole))
      const parsed = schema.safeParse(parseJson(text))
      if (parsed.success) return parsed.data
      const [issue] = parsed.error.issues
      throw unexpectedError(describe(call), `${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}`)
    },
    async send(call) {
      let tries = 0
      await withRetries(setting.retry, call.signal, async () => {
        const outcome = await attempt(setting, call, readNothing)
        // The try before may have done it, and its answer been lost.
        return ++tries > 1 && isGone(call, outcome) ? { value: undefined } : outcome
      })
    },
    async stream(call) {
      const open = await withRetries(setting.retry, call.signal, () => attempt(setting, call, keepOpen))
      return readChunks(open, (cause) => failureOf(setting, call, cause, 'rest of the answer'))
    },
  }
}

/** An answer whose headers are there. The limit runs until it is stopped. */
interface OpenAnswer {
  readonly response: Response
  readonly limit: TimeLimit
}

/** A try: what `take` makes of the answer is part of it, so that an answer that breaks off is asked for again. */
async function attempt<T>(
  setting: ApiSetting,
  call: ApiCall,
  take: (open: OpenAnswer) => Promise<T>,
): Promise<Attempt<T>> {
  let header: string
  try {
    header = await setting.authorization.header()
  } catch (error) {
    if (!PrelabelError.isInstance(error)) throw error
    return { failure: failure(error, true) }
  }
  const isSafe = call.method !== 'POST'
  try {
    const first = await open(setting, call, header)
    const isRenewed = first.response.status === 401 && setting.authorization.refused(header)
    if (isRenewed) first.limit.stop()
    const answer = isRenewed ? await open(setting, call, await setting.authorization.header()) : first
    if (answer.response.ok) return { value: await take(answer) }
    const error = await answerError(describe(call), call.path, answer.response, setting.authorization.kind)
    answer.limit.stop()
    return { failure: failure(error, isSafe) }
  } catch (cause) {
    return { failure: failure(failureOf(setting, call, cause), isSafe) }
  }
}

function failure(error: PrelabelError, isSafe: boolean): Failure {
  if (!(error instanceof OutageError)) return { error, isRetryable: false }
  const { wasUntouched, retryAfterMs } = error
  return { error, isRetryable: isSafe || wasUntouched, retryAfterMs }
}

function failureOf({ base }: ApiSetting, call: ApiCall, cause: unknown, part?: string): PrelabelError {
  if (PrelabelError.isInstance(cause)) return cause
  if (call.signal?.aborted) return abortedError(describe(call), cause)
  return unreachableError(describe(call), base.href, cause, part)
}

/** @throws what `fetch` throws */
async function open({ base, fetch, ...usual }: ApiSetting, call: ApiCall, header: string): Promise<OpenAnswer> {
  const { method = 'GET', path, query = {}, body, signal, timeoutSeconds = usual.timeoutSeconds } = call
  const url = new URL(base.join(path))
  for (const [name, value] of Object.entries(query)) if (value !== undefined) url.searchParams.set(name, String(value))
  const isJson = body !== undefined && !(body instanceof FormData)
  const limit = createTimeLimit(timeoutSeconds, signal)
  try {
    const response = await fetch(url, {
      method,
      headers: {
        authorization: header,
        accept: 'application/json',
        ...(isJson ? { 'content-type': 'application/json' } : {}),
      },
      ...(body === undefined ? {} : { body: body instanceof FormData ? body : JSON.stringify(body) }),
      redirect: 'manual',
      signal: limit.signal,
    })
    return { response, limit }
  } catch (cause) {
    limit.stop()
    throw cause
  }
}

async function readWhole({ response, limit }: OpenAnswer): Promise<string> {
  try {
    return await response.text()
  } finally {
    limit.stop()
  }
}

async function readNothing({ response, limit }: OpenAnswer): Promise<void> {
  limit.stop()
  await response.body?.cancel()
}

async function keepOpen(open: OpenAnswer): Promise<OpenAnswer> {
  open.limit.stop()
  return open
}

/** The body as it comes. The time is limited from chunk to chunk, and does not run while the reader is busy with one. */
async function* readChunks(
  { response, limit }: OpenAnswer,
  errorOf: (cause: unknown) => PrelabelError,
): AsyncIterable<Uint8Array> {
  const reader = response.body?.getReader()
  if (reader === undefined) return
  try {
    for (;;) {
      limit.restart()
      const { done, value } = await reader.read()
      limit.stop()
      if (done) return
      yield value
    }
  } catch (cause) {
    throw errorOf(cause)
  } finally {
    limit.stop()
    await reader.cancel().catch(() => undefined)
  }
}

function isGone({ method }: ApiCall, outcome: Attempt<void>): boolean {
  if (method !== 'DELETE' || !('failure' in outcome)) return false
  const { error } = outcome.failure
  return PrelabelError.isInstance(error) && error.code === 'label-studio-not-found'
}

function describe({ method = 'GET', path }: ApiCall): string {
  return `${method} ${path}`
}
