/** What went wrong on the way to a URL, with what usually causes it. */

import { PrelabelError } from '../errors.js'
import { redactUrl } from '../label-studio/redact.js'
import { TOKEN_NAMES, type TokenKind } from '../label-studio/token.js'

/**
 * The error for an answer that is not 2xx.
 *
 * @param own whether the URL is a media path of the configured Label Studio
 * @param kind the kind of token that was sent, if one was
 */
export function statusError(url: URL, status: number, own: boolean, kind: TokenKind | undefined): PrelabelError {
  const shown = redactUrl(url.href)
  const sent = own && kind !== undefined ? ` (${TOKEN_NAMES[kind]} was sent)` : ''
  if (status === 401 || status === 403) {
    return new PrelabelError(`${shown} answered ${status}${sent}`, {
      code: 'media-unauthorized',
      hint: own ? unauthorizedHint(url, kind) : 'The URL needs a login or its signature has run out.',
    })
  }
  if (status === 404 || status === 410) {
    return new PrelabelError(`${shown} answered ${status}`, { code: 'media-not-found', hint: notFoundHint(url, own) })
  }
  return new PrelabelError(`${shown} answered ${status}`, {
    code: 'media-http-status',
    hint:
      own && status === 500
        ? 'Label Studio answers 500 for an upload that is no longer there; otherwise its log says more.'
        : 'Open the URL from the machine that runs the backend.',
  })
}

function unauthorizedHint(url: URL, kind: TokenKind | undefined): string {
  if (kind === undefined) return 'No token was sent: set LABEL_STUDIO_API_KEY to a token of a member of the project.'
  if (kind === 'legacy') {
    return 'One of three: the token is wrong; legacy tokens are switched off for the organization (use a personal access token); its user may not see the project.'
  }
  if (kind === 'access') return 'An access token lives five minutes: use a personal access token instead.'
  return `One of three: the token was revoked; it belongs to another Label Studio than ${url.origin}; its user may not see the project.`
}

function notFoundHint(url: URL, own: boolean): string {
  if (!own) return 'The file is gone, or the URL is wrong.'
  if (url.pathname.includes('/local-files')) {
    return 'One of three: LABEL_STUDIO_LOCAL_FILES_SERVING_ENABLED is off; the path does not lie under LABEL_STUDIO_LOCAL_FILES_DOCUMENT_ROOT; no local storage of the project covers it.'
  }
  if (/\/(resolve|presign)\b/.test(url.pathname)) {
    return 'One of three: no storage of the project has this bucket and prefix; the storage is of another project; the task was deleted.'
  }
  return 'The upload was deleted, or belongs to another Label Studio.'
}

/**
 * The error for a connection that did not come about or broke off. PrelabelErrors of the guard come through as they are.
 *
 * @param begun whether the answer had begun
 */
export function connectionError(url: URL, cause: unknown, own: boolean, begun = false): unknown {
  const guarded = findCause(cause, PrelabelError.isInstance)
  if (guarded !== undefined) return guarded
  if (cause instanceof Error && /^(AbortError|TimeoutError)$/.test(cause.name)) return cause
  const reason = findCause(cause, hasCode)?.code
  const missing = begun ? 'no whole answer' : 'no answer'
  return new PrelabelError(`${missing} from ${redactUrl(url.href)}${reason === undefined ? '' : ` (${reason})`}`, {
    code: 'media-unreachable',
    hint: own
      ? 'Check LABEL_STUDIO_URL from the machine that runs the backend: inside a container, localhost is the container itself.'
      : 'Check the URL from the machine that runs the backend.',
    cause,
  })
}

function hasCode(value: unknown): value is { readonly code: string } {
  return typeof value === 'object' && value !== null && 'code' in value && typeof value.code === 'string'
}

function findCause<T>(error: unknown, test: (value: unknown) => value is T): T | undefined {
  if (test(error)) return error
  return error instanceof Error && error.cause !== undefined ? findCause(error.cause, test) : undefined
}
