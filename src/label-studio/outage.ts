/** Label Studio cannot answer for now. */

import { type ErrorDetails, PrelabelError } from '../errors.js'

/** Too many requests, or a server that is starting or behind a proxy that lost it. */
export const OUTAGE_STATUSES: ReadonlySet<number> = new Set([429, 502, 503, 504])

const CODES: ReadonlySet<string> = new Set(['label-studio-unreachable', 'label-studio-failed', 'label-studio-busy'])

/** Whether the same call may succeed later: of errors of calls, whether they were tried again or not. */
export function isOutage(error: unknown): boolean {
  return PrelabelError.isInstance(error) && CODES.has(error.code)
}

/** An outage that may be over soon. */
export class OutageError extends PrelabelError {
  /** That nothing was taken in, so that even what must not be done twice may be tried again. */
  readonly wasUntouched: boolean
  /** What the answer asked to wait. */
  readonly retryAfterMs: number | undefined

  constructor(
    message: string,
    { wasUntouched, retryAfterMs, ...details }: ErrorDetails & Pick<OutageError, 'wasUntouched' | 'retryAfterMs'>,
  ) {
    super(message, details)
    this.wasUntouched = wasUntouched
    this.retryAfterMs = retryAfterMs
  }
}
