/** The `Authorization` header for a Label Studio, from either kind of token. */

import { z } from 'zod'
import { PrelabelError } from '../errors.js'
import { answerError, parseJson, unexpectedError, unreachableError } from './api-errors.js'
import { parseBaseUrl } from './base-url.js'
import { readTokenPayload, type TokenKind, tokenKind } from './token.js'

/** Makes the `Authorization` header; one per Label Studio, shared by all who call it. */
export interface Authorization {
  readonly kind: TokenKind
  /**
   * The header's value. For a personal access token it is renewed ahead of its end; callers at the same time wait for one
   * renewal.
   *
   * @throws PrelabelError `label-studio-token` when the token was refused; after an outage the next call asks anew
   */
  header(): Promise<string>
  /** Tells that `header` was answered with 401; true when the next one will be another and trying again makes sense. */
  refused(header: string): boolean
}

export interface AuthorizationOptions {
  readonly url: string
  readonly token: string
  readonly fetch?: typeof globalThis.fetch
}

const REFRESH_PATH = '/api/token/refresh'
const REFRESH_TIMEOUT_MS = 10_000
/** Of its life, how much of an access token is used before the next one is fetched. */
const USED_SHARE = 0.8
/** Life of an access token when it does not say: Label Studio's 300 s. */
const USUAL_LIFE_S = 300

const refreshAnswer = z.object({ access: z.string().min(1) })

export function createAuthorization({ url, token, fetch = globalThis.fetch }: AuthorizationOptions): Authorization {
  const kind = tokenKind(token)
  if (kind !== 'personal-access') {
    const value = `${kind === 'legacy' ? 'Token' : 'Bearer'} ${token}`
    return { kind, header: async () => value, refused: () => false }
  }
  let held: HeldToken | undefined
  const renew = () => {
    const next: HeldToken = { header: exchange(url, token, fetch), renewAt: Number.POSITIVE_INFINITY }
    next.header = next.header.then(
      (access) => {
        next.renewAt = Date.now() + lifeOf(access) * USED_SHARE * 1000
        next.value = `Bearer ${access}`
        return next.value
      },
      (error: unknown) => {
        if (held === next) held = undefined
        throw error
      },
    )
    return next
  }
  return {
    kind,
    header() {
      if (held === undefined || Date.now() >= held.renewAt) held = renew()
      return held.header
    },
    refused(header) {
      if (held?.value === header) held = undefined
      return true
    },
  }
}

/** An access token, or the promise of one: all who ask meanwhile wait for it. */
interface HeldToken {
  header: Promise<string>
  value?: string
  renewAt: number
}

/** Seconds between issue and end, so that a clock that differs from Label Studio's does not matter. */
function lifeOf(access: string): number {
  const { iat, exp } = readTokenPayload(access) ?? {}
  return iat === undefined || exp === undefined || exp <= iat ? USUAL_LIFE_S : exp - iat
}

async function exchange(url: string, refresh: string, fetch: typeof globalThis.fetch): Promise<string> {
  const base = parseBaseUrl(url)
  const call = `POST ${REFRESH_PATH}`
  const request = {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ refresh }),
    redirect: 'manual',
    signal: AbortSignal.timeout(REFRESH_TIMEOUT_MS),
  } as const
  const unreachable = (cause: unknown): never => {
    throw unreachableError(call, base.href, cause)
  }
  const response = await fetch(base.join(REFRESH_PATH), request).catch(unreachable)
  if (REFUSALS.has(response.status)) throw refusedError(base.href, response.status)
  if (!response.ok) throw await answerError(call, REFRESH_PATH, response, 'personal-access')
  const answer = refreshAnswer.safeParse(parseJson(await response.text().catch(unreachable)))
  if (answer.success) return answer.data.access
  throw unexpectedError(call, 'no access token')
}

const REFUSALS: ReadonlySet<number> = new Set([400, 401, 403])

function refusedError(url: string, status: number): PrelabelError {
  return new PrelabelError(`Label Studio at ${url} refused the personal access token (${status})`, {
    code: 'label-studio-token',
    hint: 'Create a new one under Account & Settings, and check that it belongs to this Label Studio.',
  })
}
