import type { Incoming } from './exchange.js'

const PLAUSIBLE = /^[\w.:-]{1,128}$/

/** The id under which a request is logged and answered: the caller's `x-request-id` when it is plain, or a new one. */
export function requestIdOf(request: Incoming): string {
  const given = request.header('x-request-id')
  return given !== undefined && PLAUSIBLE.test(given) ? given : crypto.randomUUID()
}
