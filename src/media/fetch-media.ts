/** One URL fetched: redirects followed by hand, each hop checked, the token sent to Label Studio alone. */

import { PrelabelError } from '../errors.js'
import { redirectError } from '../label-studio/api-errors.js'
import type { Authorization } from '../label-studio/authorization.js'
import type { BaseUrl } from '../label-studio/base-url.js'
import { redactUrl } from '../label-studio/redact.js'
import type { AddressGuard } from './address-guard.js'
import { connectionError, statusError } from './http-errors.js'
import { checkOwner, type FieldOwner, isLabelStudioPath } from './label-studio-source.js'
import type { Fetch, FetchResponse } from './options.js'

/** What every fetch of one loader shares. */
export interface FetchSetting {
  readonly guard: AddressGuard
  readonly base: BaseUrl | undefined
  readonly authorization: Authorization | undefined
  readonly redirects: number
  /** The way to a host: guarded, or trusted by name. */
  fetchFor(trusted: boolean): Promise<Fetch>
}

const REDIRECTS = new Set([301, 302, 303, 307, 308])

/**
 * The answer to a GET, its status 200.
 *
 * @param owner the task whose field it is, wherever redirects lead
 * @throws PrelabelError `media-address`, `media-other-task`, `media-redirects`, `media-scheme`, `media-unreachable`, `label-studio-redirect`, or
 *   one for the status
 */
export async function fetchMedia(
  start: string,
  setting: FetchSetting,
  owner: FieldOwner,
  signal: AbortSignal,
): Promise<FetchResponse> {
  let url = new URL(start)
  for (let hop = 0; hop <= setting.redirects; hop++) {
    const path = setting.base?.pathOf(url)
    if (path !== undefined) checkOwner(path, owner)
    const { response, location } = await fetchHop(url, setting, signal)
    if (location === undefined) return response
    url = followRedirect(location, url, setting)
  }
  throw new PrelabelError(`${redactUrl(start)} was redirected more than ${setting.redirects} times`, {
    code: 'media-redirects',
    hint: 'The server may be sending the request in a circle, often to a login page; open the URL in a private window.',
  })
}

async function fetchHop(url: URL, setting: FetchSetting, signal: AbortSignal) {
  const first = await request(url, setting, signal)
  const sent = first.response.status === 401 ? first.authorization : undefined
  const isRenewed = sent !== undefined && setting.authorization?.refused(sent) === true
  if (isRenewed) await discard(first.response)
  const { response } = isRenewed ? await request(url, setting, signal) : first
  if (isWhole(response.status)) return { response, location: undefined }
  const location = REDIRECTS.has(response.status) ? response.headers.get('location') : null
  await discard(response)
  if (location === null) throw statusError(url, response.status, isOwn(url, setting), setting.authorization?.kind)
  return { response, location }
}

/** No part was asked for: what says that it is one is not taken for the file. */
function isWhole(status: number): boolean {
  return status >= 200 && status < 300 && status !== 206
}

async function request(url: URL, setting: FetchSetting, signal: AbortSignal) {
  const { guard, base, authorization } = setting
  const trusted = guard.isTrusted(url) || url.origin === base?.origin
  if (!trusted) guard.check(url)
  const headers: Record<string, string> = { accept: '*/*', 'user-agent': 'prelabel' }
  if (authorization !== undefined && isOwn(url, setting)) headers.authorization = await authorization.header()
  const fetch = await setting.fetchFor(trusted)
  try {
    const response = await fetch(url.href, { headers, redirect: 'manual', signal })
    return { response, authorization: headers.authorization }
  } catch (cause) {
    throw connectionError(url, cause, url.origin === base?.origin)
  }
}

function isOwn(url: URL, { base }: FetchSetting): boolean {
  const path = base?.pathOf(url)
  return path !== undefined && isLabelStudioPath(path)
}

function followRedirect(location: string, from: URL, setting: FetchSetting): URL {
  const url = URL.canParse(location, from.href) ? new URL(location, from.href) : undefined
  if (url === undefined || !/^https?:$/.test(url.protocol)) {
    throw new PrelabelError(`${redactUrl(from.href)} was redirected to something that is no http(s) URL`, {
      code: 'media-scheme',
      hint: 'Open the URL in a browser, and write into the task where it leads.',
    })
  }
  if (isMoved(from, url, setting)) throw redirectError(redactUrl(from.href), pathIn(from, setting), url)
  return url
}

/** True when Label Studio itself is elsewhere than the options say: the same path there, which gets no token. */
function isMoved(from: URL, to: URL, setting: FetchSetting): boolean {
  if (!isOwn(from, setting) || setting.base?.pathOf(to) === setting.base?.pathOf(from)) return false
  return to.pathname.endsWith(pathIn(from, setting)) && to.search === from.search
}

/** Without the prefix and the query. */
function pathIn({ pathname }: URL, { base }: FetchSetting): string {
  return pathname.slice(base?.prefix.length ?? 0)
}

/** Frees the connection of an answer that nobody reads. */
export async function discard({ body }: FetchResponse): Promise<void> {
  await body?.[Symbol.asyncIterator]().return?.()
}
