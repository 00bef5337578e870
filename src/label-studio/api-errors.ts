/** What Label Studio said no to, and why. */

import { z } from 'zod'
import { PrelabelError } from '../errors.js'
import { OUTAGE_STATUSES, OutageError } from './outage.js'
import { redactText } from './redact.js'
import { retryAfter } from './retry-after.js'
import { TOKEN_NAMES, type TokenKind } from './token.js'

const errorBody = z.object({ detail: z.unknown().optional(), validation_errors: z.unknown().optional() })
const LONGEST_DETAIL = 500

/** The error for an answer that is not 2xx. */
export async function answerError(
  call: string,
  path: string,
  response: Response,
  kind: TokenKind,
): Promise<PrelabelError> {
  const { status } = response
  const detail = readDetail(await response.text().catch(() => ''))
  const message = `${call} answered ${status}${detail === '' ? '' : `: ${detail}`}`
  if (status >= 300 && status < 400) return redirectError(call, path, redirectTarget(response))
  if (status === 401) {
    return new PrelabelError(`${message} (${TOKEN_NAMES[kind]} was sent)`, {
      code: 'label-studio-unauthorized',
      hint:
        kind === 'legacy'
          ? 'The token is wrong, or legacy tokens are switched off for the organization: use a personal access token.'
          : 'The token is wrong, was revoked, or belongs to another Label Studio.',
    })
  }
  if (status === 403) {
    return new PrelabelError(message, { code: 'label-studio-forbidden', hint: forbiddenHint(detail) })
  }
  if (status === 404) {
    return new PrelabelError(message, {
      code: 'label-studio-not-found',
      hint: "Check the id, and that the token's user may see the project: Label Studio answers 404 for what is hidden, too.",
    })
  }
  if (OUTAGE_STATUSES.has(status)) return outageError(message, response)
  if (status < 500) {
    return new PrelabelError(message, {
      code: 'label-studio-refused',
      hint:
        detail === ''
          ? 'Label Studio gave no reason; its log says more. Check that the URL leads to it.'
          : 'Correct what Label Studio names as its reason.',
    })
  }
  return new PrelabelError(message, { code: 'label-studio-failed', hint: "Label Studio's log says more." })
}

/**
 * Following a redirect would turn a POST into a GET, and could carry the token elsewhere.
 *
 * @param call what was asked for, for the message
 * @param path what comes after the URL of Label Studio
 */
export function redirectError(call: string, path: string, target: URL | undefined): PrelabelError {
  const where = target === undefined ? 'somewhere else' : target.origin
  const base = target?.pathname.endsWith(path) ? target.origin + target.pathname.slice(0, -path.length) : undefined
  return new PrelabelError(`${call} was redirected to ${where}`, {
    code: 'label-studio-redirect',
    hint: `Give the URL that Label Studio is redirected to${base === undefined ? '' : `, ${base}`}: often https instead of http.`,
  })
}

/** Where an answer sends to, when it says so. */
export function redirectTarget(response: Pick<Response, 'headers' | 'url'>): URL | undefined {
  const location = response.headers.get('location') ?? ''
  const from = response.url === '' ? undefined : response.url
  return URL.canParse(location, from) ? new URL(location, from) : undefined
}

function outageError(message: string, response: Response): OutageError {
  const retryAfterMs = retryAfter(response)
  if (response.status !== 429) {
    const hint = 'Label Studio, or the proxy before it, is starting or overloaded: its log says more.'
    return new OutageError(message, { code: 'label-studio-failed', hint, wasUntouched: false, retryAfterMs })
  }
  const asked = retryAfterMs === undefined ? '' : ` It asks to wait ${Math.ceil(retryAfterMs / 1000)} s.`
  const hint = `Label Studio, or the proxy before it, limits how often it may be asked.${asked}`
  return new OutageError(message, { code: 'label-studio-busy', hint, wasUntouched: true, retryAfterMs })
}

/** @param part what did not come: `answer`, or the `rest of the answer` */
export function unreachableError(call: string, url: string, cause: unknown, part = 'answer'): OutageError {
  const isTimeout = cause instanceof Error && cause.name === 'TimeoutError'
  return new OutageError(`${call}: no ${part}${isTimeout ? ' in time' : ''} from Label Studio at ${url}`, {
    code: 'label-studio-unreachable',
    hint: 'Check that this address is reachable from here; inside a container, localhost is the container itself.',
    cause,
    wasUntouched: wasRefused(cause),
    retryAfterMs: undefined,
  })
}

/** A refused connection took nothing in. */
function wasRefused(cause: unknown): boolean {
  const inner = cause instanceof Error ? cause.cause : undefined
  return inner instanceof Error && 'code' in inner && inner.code === 'ECONNREFUSED'
}

/** The caller's signal fired. */
export function abortedError(call: string, cause: unknown): PrelabelError {
  return new PrelabelError(`${call} was given up: its signal was aborted`, {
    code: 'label-studio-aborted',
    hint: 'What aborted it says why: see `cause`.',
    cause,
  })
}

/** The answer is not of the form that was asked for. @param problem what of it is wrong */
export function unexpectedError(call: string, problem: string): PrelabelError {
  return new PrelabelError(`${call} answered with something unexpected: ${problem}`, {
    code: 'label-studio-answer',
    hint: 'Supported is Label Studio 1.23; check that the URL leads to it.',
  })
}

function forbiddenHint(detail: string): string {
  return /reserved network address/.test(detail)
    ? 'Label Studio blocks private addresses: start it with ML_BLOCK_LOCAL_IP=false and SSRF_PROTECTION_ENABLED=false.'
    : "The token's user may not do this in this project."
}

/** `detail` and the validation errors of Label Studio's JSON; nothing of an HTML page. */
function readDetail(text: string): string {
  const body = errorBody.safeParse(parseJson(text))
  if (!body.success) return ''
  const { detail, validation_errors: problems } = body.data
  const parts = [detail, problems].filter((part) => part !== undefined && part !== null)
  const shown = parts.map((part) => (typeof part === 'string' ? part : JSON.stringify(part))).join(' ')
  const safe = redactText(shown)
  return safe.length > LONGEST_DETAIL ? `${safe.slice(0, LONGEST_DETAIL)}…` : safe
}

/** The JSON of an answer; `undefined` when it is none. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
