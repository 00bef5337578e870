import { PrelabelError } from '../../errors.js'
import { IssuesError } from '../../issues.js'
import { UnauthorizedError } from '../auth/unauthorized-error.js'
import { redactValue } from '../redact-value.js'
import type { Outgoing } from './exchange.js'
import { WrongMethodError } from './wrong-method-error.js'

/** What programs read: predictions and names, which must stay as they are. */
const VERBATIM: ReadonlySet<string> = new Set([
  'results',
  'model_version',
  'modelVersion',
  'model_class',
  'versions',
  'job',
  'request_id',
])

/** An answer in JSON. All in it that is for people passes without secrets. */
export function json(body: object, status = 200, headers: Outgoing['headers'] = {}): Outgoing {
  const fields = Object.entries(body).map(([name, value]) => [name, VERBATIM.has(name) ? value : redactValue(value)])
  const text = JSON.stringify(Object.fromEntries(fields))
  return { status, headers: { 'content-type': 'application/json', ...headers }, body: text }
}

/** What an error may say outside of the process: code, cause, place and hint; of an unknown error nothing but that it was one. */
export interface PublicError {
  readonly code: string
  readonly message: string
  readonly path?: string
  readonly hint?: string
}

/** The public face of whatever was thrown. */
export function publicError(error: unknown): PublicError {
  if (!PrelabelError.isInstance(error)) {
    return { code: 'internal-error', message: 'something went wrong inside the backend', hint: 'Its log says what.' }
  }
  return error.toJSON()
}

/** Turns whatever was thrown into a JSON answer with code, cause, hint and request id. */
export function errorAnswer(error: unknown, requestId: string): Outgoing {
  const status = statusOf(error)
  const face = publicError(error)
  const told =
    error instanceof IssuesError
      ? { ...face, hint: face.hint ?? 'Each of `issues` says what is wrong, and where.', issues: error.issues }
      : { ...face, hint: face.hint ?? 'The log says more, under the same request id.' }
  return json({ error: told, request_id: requestId }, status, headersOf(error, status))
}

/** The HTTP status with which an error ends a request; problems of what was sent are the sender's. */
export function statusOf(error: unknown): number {
  if (!PrelabelError.isInstance(error)) return 500
  return error.status ?? (error instanceof IssuesError ? 400 : 500)
}

const RETRY_AFTER_SECONDS = 5

function headersOf(error: unknown, status: number): Record<string, string> {
  if (status === 503) return { 'retry-after': String(RETRY_AFTER_SECONDS) }
  if (error instanceof UnauthorizedError)
    return error.challenge === undefined ? {} : { 'www-authenticate': error.challenge }
  if (error instanceof WrongMethodError) return { allow: error.allow }
  return {}
}
