import { equalSecrets, latin1Bytes, utf8Bytes } from './equal-secrets.js'
import type { AuthOptions, AuthPolicy, RouteName } from './options.js'
import { UnauthorizedError } from './unauthorized-error.js'

const OPEN_BY_NATURE: ReadonlySet<RouteName> = new Set(['index', 'health', 'ready', 'webhook'])

/**
 * A gate for requests: throws `unauthorized` (401) when the credentials of a request do not open a route.
 * Basic credentials are taken in latin-1, in which Label Studio sends them, and in UTF-8.
 */
export function createAuthorizer(options: AuthOptions | undefined): (route: RouteName, header: HeaderReader) => void {
  if (options === undefined) return () => undefined
  const checks = credentialChecks(options)
  return (route, header) => {
    const policy = policyOf(route, options)
    if (policy === 'open') return
    const verdicts = checks.map((check) => check(header))
    if (verdicts.includes('right')) return
    if (policy === 'required' || verdicts.includes('wrong') || header('authorization') !== undefined)
      throw unauthorized(options)
  }
}

function policyOf(route: RouteName, { policy }: AuthOptions): AuthPolicy {
  return policy?.[route] ?? (OPEN_BY_NATURE.has(route) ? 'optional' : 'required')
}

type Verdict = 'absent' | 'right' | 'wrong'
type Check = (header: HeaderReader) => Verdict
/** A header of the request by its lower-case name. */
type HeaderReader = (name: string) => string | undefined

function credentialChecks({ basic, bearer = [], header: shared }: AuthOptions): Check[] {
  const checks: Check[] = []
  if (basic !== undefined) {
    const pair = `${basic.user}:${basic.password}`
    const expected = [utf8Bytes(pair), latin1Bytes(pair)].filter((bytes) => bytes !== undefined)
    checks.push((header) => compare(decodeBase64(schemeValue(header, 'basic')), expected))
  }
  if (bearer.length > 0) {
    const expected = bearer.map(utf8Bytes)
    checks.push((header) => compare(bytesOf(schemeValue(header, 'bearer')), expected))
  }
  if (shared !== undefined) {
    const expected = [utf8Bytes(shared.value)]
    checks.push((header) => compare(bytesOf(header(shared.name.toLowerCase())), expected))
  }
  return checks
}

function compare(given: Uint8Array | undefined, expected: readonly Uint8Array[]): Verdict {
  if (given === undefined) return 'absent'
  const matches = expected.map((secret) => equalSecrets(given, secret))
  return matches.includes(true) ? 'right' : 'wrong'
}

function schemeValue(header: HeaderReader, scheme: string): string | undefined {
  const [name = '', value = ''] = (header('authorization') ?? '').split(/ +/, 2)
  return name.toLowerCase() === scheme ? value : undefined
}

function bytesOf(text: string | undefined): Uint8Array | undefined {
  return text === undefined ? undefined : utf8Bytes(text)
}

function decodeBase64(text: string | undefined): Uint8Array | undefined {
  if (text === undefined) return undefined
  try {
    return latin1Bytes(atob(text))
  } catch {
    return new Uint8Array()
  }
}

/** Says what is asked for. The first of it is what browsers and Label Studio understand. */
function unauthorized({ basic, bearer, header }: AuthOptions): UnauthorizedError {
  if (basic !== undefined) {
    const hint = "Enter the backend's user and password where the model is connected in Label Studio."
    return new UnauthorizedError(hint, 'Basic realm="prelabel", charset="UTF-8"')
  }
  if (bearer !== undefined) {
    const hint = "Send one of the backend's tokens as `Authorization: Bearer …`."
    return new UnauthorizedError(hint, 'Bearer realm="prelabel"')
  }
  return new UnauthorizedError(`Send the backend's secret in the header ${header?.name ?? ''}.`, undefined)
}
