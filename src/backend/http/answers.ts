import { PrelabelError } from '../../errors.js'
import { IssuesError } from '../../issues.js'
import { redactText } from '../../label-studio/redact.js'
import type { Outgoing } from './exchange.js'

/** An answer in JSON. */
export function json(body: unknown, status = 200, headers: Outgoing['headers'] = {}): Outgoing {
  return { status, headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(body) }
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
  const face = error.toJSON()
  return { ...face, message: redactText(face.message) }
}

/** Turns whatever was thrown into a JSON answer with code, cause, hint and request id. */
export function errorAnswer(error: unknown, requestId: string): Outgoing {
  const status = statusOf(error)
  const issues = error instanceof IssuesError ? { issues: error.issues } : {}
  return json({ error: { ...publicError(error), ...issues }, request_id: requestId }, status, headersOf(error, status))
}

/** The HTTP status with which an error ends a request; problems of what was sent are the sender's. */
export function statusOf(error: unknown): number {
  if (!PrelabelError.isInstance(error)) return 500
  return error.status ?? (error instanceof IssuesError ? 400 : 500)
}

const RETRY_AFTER_SECONDS = 5

function headersOf(error: unknown, status: number): Record<string, string> {
  if (status === 503) return { 'retry-after': String(RETRY_AFTER_SECONDS) }
  if (status === 401) return { 'www-authenticate': 'Basic realm="prelabel", charset="UTF-8"' }
  if (status === 405 && PrelabelError.isInstance(error) && error.path !== undefined) return { allow: error.path }
  return {}
}
