/** URLs and texts made fit for messages and logs: no token, no password, no signature of a presigned URL. */

import { hideCredentials, isSuspicious } from './credentials.js'

/** Query parameters that name a file of Label Studio and hold no secret. */
const HARMLESS_PARAMETERS = new Set(['d', 'filepath'])
const LONGEST_URL = 300

/** Characters of a text that are looked at and shown: more than any message has, and little enough for every log entry. */
const LONGEST_TEXT = 8192
/** Characters of a credential that a cut might go through. */
const LONGEST_CREDENTIAL = 512

/** The URL as a message may show it: without user and password, with the query cut to what is harmless. */
export function redactUrl(url: string): string {
  if (/^data:/i.test(url)) return redactDataUri(url)
  const [beforeHash = ''] = url.split('#', 1)
  const queryAt = beforeHash.indexOf('?')
  const path = queryAt < 0 ? beforeHash : beforeHash.slice(0, queryAt)
  const withoutUser = path.replace(/^([a-z][a-z0-9+.-]*:)?\/\/[^/]*@/i, '$1//')
  return shorten(withoutUser + (queryAt < 0 ? '' : redactQuery(beforeHash.slice(queryAt + 1))))
}

/** A text with every URL in it redacted, and everything that looks like a credential replaced by `…`; long ones are cut. */
export function redactText(text: string): string {
  const short = text.length <= LONGEST_TEXT ? text : cutText(text)
  return isSuspicious(short) ? hideCredentials(redactUrls(short)) : short
}

/** The text with every URL in it redacted. The scheme is not looked for: a run of what may be one has no end. */
export function redactUrls(text: string): string {
  return text.replace(/(?<=:)\/\/[^\s"'<>]+/g, (rest) => redactUrl(rest))
}

/** Cut before the last word, since half of a credential does not look like one, and tells a lot. */
function cutText(text: string): string {
  const kept = text.slice(0, LONGEST_TEXT)
  const end = Math.max(kept.lastIndexOf(' '), kept.lastIndexOf('\n'), LONGEST_TEXT - LONGEST_CREDENTIAL)
  return `${kept.slice(0, end)}… (${text.length} characters)`
}

function redactDataUri(uri: string): string {
  const comma = uri.slice(0, 200).indexOf(',')
  return `${uri.slice(0, comma < 0 ? 5 : comma + 1)}… (${uri.length} characters)`
}

function redactQuery(query: string): string {
  const kept = query.split('&').filter((pair) => HARMLESS_PARAMETERS.has(pair.split('=', 1)[0] ?? ''))
  return `?${kept.length === query.split('&').length ? kept.join('&') : [...kept, '…'].join('&')}`
}

function shorten(text: string): string {
  return text.length <= LONGEST_URL ? text : `${text.slice(0, LONGEST_URL)}…`
}
