import { PrelabelError } from '../../errors.js'
import { equalSecrets, latin1Bytes, utf8Bytes } from './equal-secrets.js'
import type { AuthOptions, AuthPolicy, RouteName } from './options.js'

const OPEN_BY_NATURE: ReadonlySet<RouteName> = new Set(['index', 'health', 'ready', 'webhook'])

/**
 * A gate for requests: throws `unauthorized` (401) when the credentials of a request do not open a route.
 * Basic credentials are taken in latin-1, in which Label Studio sends them, and in UTF-8.
 */
export function createAuthorizer(options: AuthOptions | undefined): (route: RouteName, headers: Headers) => void {
  if (options === undefined) return () => undefined
  const checks = credentialChecks(options)
  return (route, headers) => {
    const policy = policyOf(route, options)
    if (policy === 'open') return
    const verdicts = checks.map((check) => check(headers))
    if (verdicts.includes('right')) return
    if (policy === 'required' || verdicts.includes('wrong') || headers.has('authorization')) throw unauthorized()
  }
}

function policyOf(route: RouteName, { policy }: AuthOptions): AuthPolicy {
  return policy?.[route] ?? (OPEN_BY_NATURE.has(route) ? 'optional' : 'required')
}

type Verdict = 'absent' | 'right' | 'wrong'
type Check = (headers: Headers) => Verdict

function credentialChecks({ basic, bearer = [], header }: AuthOptions): Check[] {
  const checks: Check[] = []
  if (basic !== undefined) {
    const pair = `${basic.user}:${basic.password}`
    const expected = [utf8Bytes(pair), latin1Bytes(pair)].filter((bytes) => bytes !== undefined)
    checks.push((headers) => compare(decodeBase64(schemeValue(headers, 'basic')), expected))
  }
  if (bearer.length > 0) {
    const expected = bearer.map(utf8Bytes)
    checks.push((headers) => compare(bytesOf(schemeValue(headers, 'bearer')), expected))
  }
  if (header !== undefined) {
    const expected = [utf8Bytes(header.value)]
    checks.push((headers) => compare(bytesOf(headers.get(header.name) ?? undefined), expected))
  }
  return checks
}

function compare(given: Uint8Array | undefined, expected: readonly Uint8Array[]): Verdict {
  if (given === undefined) return 'absent'
  const matches = expected.map((secret) => equalSecrets(given, secret))
  return matches.includes(true) ? 'right' : 'wrong'
}

function schemeValue(headers: Headers, scheme: string): string | undefined {
  const [name = '', value = ''] = (headers.get('authorization') ?? '').split(/ +/, 2)
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

function unauthorized(): PrelabelError {
  return new PrelabelError('the credentials are missing or wrong', {
    code: 'unauthorized',
    status: 401,
    hint: "Enter the backend's user and password where the model is connected in Label Studio.",
  })
}
