/** What the SDKs throw, as an LlmError. Read by shape, not by class: either SDK, any version, or a bare fetch. */

import { z } from 'zod'
import { LlmError, type LlmErrorDetails } from '../llm-error.js'

const apiError = z.looseObject({
  status: z.number().optional(),
  // vLLM repeats the status as a number here.
  code: z.union([z.string(), z.number()]).nullish(),
  type: z.string().nullish().catch(undefined),
  message: z.string(),
  headers: z.instanceof(Headers).optional(),
})

/**
 * @param error what a call threw
 * @param provider its name, for the message
 * @param signal of the call; when it is aborted, its reason is returned as it is
 */
export function toLlmError(error: unknown, provider: string, signal: AbortSignal): unknown {
  if (signal.aborted) return signal.reason
  if (error instanceof LlmError) return error
  const read = apiError.safeParse(error)
  if (!read.success || !isTransport(error)) return error
  const { status, headers } = read.data
  const details = { cause: error, ...detailsOf(read.data) }
  const retryAfter = details.retryable === true ? readRetryAfter(headers, Date.now()) : undefined
  return new LlmError(
    `${provider} ${status === undefined ? 'could not be reached' : `answered ${status}`}: ${saying(read.data)}`,
    {
      ...details,
      ...(retryAfter === undefined ? {} : { retryAfter }),
    },
  )
}

/** Errors of the SDKs carry `status`, undefined when no answer came; a body that breaks off or is no JSON is not theirs. */
function isTransport(error: unknown): boolean {
  return error instanceof Error && ('status' in error || error instanceof SyntaxError || error.message === 'terminated')
}

function detailsOf({ status, code, type, message }: z.infer<typeof apiError>): LlmErrorDetails {
  if (status === 401 || status === 403) return { kind: 'auth', hint: 'Check the key, and that it may use this model.' }
  // Azure looks at prompts before the model does.
  if (code === 'content_filter')
    return { kind: 'refusal', hint: 'A content filter refused the prompt: look at the task.' }
  if (code === 'insufficient_quota')
    return { kind: 'quota', hint: 'Add credit to the account, then run again: nothing paid for is lost.' }
  if (status === 429)
    return {
      kind: 'rate-limit',
      retryable: true,
      hint: 'Set `requestsPerMinute` and `tokensPerMinute` to the limits of your account.',
    }
  if (isTooLong(status, code, message)) {
    return {
      kind: 'context-length',
      hint: 'Shorten the task or the few-shot examples, or take a model with a longer context.',
    }
  }
  const retryable = status === undefined || status === 408 || status === 409 || status >= 500
  return {
    kind: 'provider',
    retryable,
    ...(type === 'not_found_error' || status === 404 ? { hint: 'Check the name of the model and the base URL.' } : {}),
  }
}

function isTooLong(status: number | undefined, code: unknown, message: string): boolean {
  if (code === 'context_length_exceeded') return true
  return (
    (status === 400 || status === 413) && /prompt is too long|context (length|window)|too many tokens/i.test(message)
  )
}

/** The first line of what the provider said, without anything that looks like a key. */
function saying({ status, message }: z.infer<typeof apiError>): string {
  if (status === 401) return 'the key was refused'
  const [line = ''] = message.replace(/^\d{3} /, '').split('\n')
  return line.replace(/\b(sk|key)-[\w-]{8,}/g, '…').slice(0, 200)
}

/** `retry-after-ms`, or `retry-after` in seconds or as an HTTP date, in milliseconds from `now`. */
export function readRetryAfter(headers: Headers | undefined, now: number): number | undefined {
  const milliseconds = Number(headers?.get('retry-after-ms') ?? Number.NaN)
  if (milliseconds >= 0) return milliseconds
  const value = headers?.get('retry-after')
  if (value === null || value === undefined || value === '') return undefined
  const seconds = Number(value)
  if (seconds >= 0) return seconds * 1000
  const date = Date.parse(value)
  return Number.isNaN(date) ? undefined : Math.max(0, date - now)
}
