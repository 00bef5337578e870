/** What Label Studio said no to, and why. */

import { z } from 'zod'
import { PrelabelError } from '../errors.js'
import { redactText } from './redact.js'
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

export function unreachableError(call: string, url: string, cause: unknown): PrelabelError {
  const isTimeout = cause instanceof Error && cause.name === 'TimeoutError'
  return new PrelabelError(`${call}: ${isTimeout ? 'no answer in time' : 'no answer'} from Label Studio at ${url}`, {
    code: 'label-studio-unreachable',
    hint: 'Check that this address is reachable from here; inside a container, localhost is the container itself.',
    cause,
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

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
