/** URLs and texts made fit for messages and logs: no token, no password, no signature of a presigned URL. */

/** Query parameters that name a file of Label Studio and hold no secret. */
const HARMLESS_PARAMETERS = new Set(['d', 'filepath'])
const LONGEST_URL = 300

/** The URL as a message may show it: without user and password, with the query cut to what is harmless. */
export function redactUrl(url: string): string {
  if (/^data:/i.test(url)) return redactDataUri(url)
  const [beforeHash = ''] = url.split('#', 1)
  const queryAt = beforeHash.indexOf('?')
  const path = queryAt < 0 ? beforeHash : beforeHash.slice(0, queryAt)
  const withoutUser = path.replace(/^([a-z][a-z0-9+.-]*:)?\/\/[^/@]*@/i, '$1//')
  return shorten(withoutUser + (queryAt < 0 ? '' : redactQuery(beforeHash.slice(queryAt + 1))))
}

/** A text with every URL in it redacted, and everything that looks like a credential replaced by `…`. */
export function redactText(text: string): string {
  return text
    .replace(/\b[a-z][a-z0-9+.-]*:\/\/[^\s"'<>]+/gi, (url) => redactUrl(url))
    .replace(/\b(authorization["']?\s*[:=]\s*["']?\w+)\s+[^\s"',]+/gi, '$1 …')
    .replace(/\b(Token|Bearer|Basic)\s+[\w.~+/=-]{16,}/gi, '$1 …')
    .replace(/\beyJ[\w-]+\.[\w-]+(\.[\w-]*)?/g, '…')
    .replace(/\b[0-9a-f]{40}\b/gi, '…')
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
