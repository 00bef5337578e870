const PLAUSIBLE = /^[\w.:-]{1,128}$/

/** The id under which a request is logged and answered: the caller's `x-request-id` when it is plain, or a new one. */
export function requestIdOf(request: Request): string {
  const given = request.headers.get('x-request-id')
  return given !== null && PLAUSIBLE.test(given) ? given : crypto.randomUUID()
}
