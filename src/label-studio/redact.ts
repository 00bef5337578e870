/** URLs and texts made fit for messages and logs: no token, no password, no signature of a presigned URL. */

/** Query parameters that name a file of Label Studio and hold no secret. */
const HARMLESS_PARAMETERS = new Set(['d', 'filepath'])
const LONGEST_URL = 300

/** Names of what is secret, in queries, in JSON, and in variables: `X-Amz-Signature`, `sig`, `access_token`, `AccountKey`, … */
const SECRET_NAMES = [
  'x-(?:amz|goog)-(?:signature|credential|security-token)',
  'signature|sig|sharedaccesssignature|awsaccesskeyid|sessionid|csrftoken',
  '(?:\\w+[-_])?(?:access|account|api|secret|private)[-_]?key',
  '(?:\\w+[-_])?(?:token|secret|password|passwd|pwd)',
].join('|')

const SECRET_NAME = new RegExp(`^(?:${SECRET_NAMES}|(?:set-)?cookie|(?:proxy-)?authorization)$`, 'i')

/** What looks like a credential, and what stands in its place. */
const CREDENTIALS: readonly (readonly [RegExp, string])[] = [
  [/(^|[\s"'(=])\/\/[^\s/@]+:[^\s/]+@/g, '$1//'],
  [/\b(authorization["']?\s*[:=]\s*["']?\w+)\s+[^\s"',]+/gi, '$1 …'],
  [/\b((?:set-)?cookie["']?\s*[:=]\s*["']?)[\w.-]+=[^"'\r\n]*/gi, '$1…'],
  [new RegExp(`\\b(${SECRET_NAMES})(\\s*=\\s*["']?)[^\\s&"',;)\\]}>]+`, 'gi'), '$1$2…'],
  [new RegExp(`\\b(${SECRET_NAMES})(\\\\?["']\\s*:\\s*\\\\?["'])[^"'\\\\]+`, 'gi'), '$1$2…'],
  [/\b(x-api-key\s*:\s*)[^\s"',]+/gi, '$1…'],
  [/\b([Tt]oken|TOKEN|[Bb]earer|BEARER|[Bb]asic|BASIC)\s+(?=\S*[\d=])[\w.~+/=-]{8,}/g, '$1 …'],
  // JSON Web Tokens, such as personal access tokens of Label Studio, and its older tokens.
  [/\beyJ[\w-]+\.[\w-]+(\.[\w-]*)?/g, '…'],
  [/\b[0-9a-f]{40}\b/gi, '…'],
  // Keys by the beginning that their makers give them: OpenAI and Anthropic, Hugging Face, AWS, Google, GitHub, Slack.
  [/\bsk-(?=[\w-]*\d)[\w-]{16,}/g, '…'],
  [/\bhf_[A-Za-z0-9]{20,}/g, '…'],
  [/\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/g, '…'],
  [/\bAIza[\w-]{35}/g, '…'],
  [/\b(?:gh[opsru]|github_pat)_\w{22,}/g, '…'],
  [/\bxox[abeoprs]-[\w-]{10,}/g, '…'],
]

/** Every credential and every URL has one of these; most texts have none, and need no closer look. */
const SUSPICIOUS = /[=:]|token|bearer|basic|eyj|sk-|hf_|akia|asia|aiza|gh[opsru]_|github_pat|xox|[0-9a-f]{40}/i

/** The URL as a message may show it: without user and password, with the query cut to what is harmless. */
export function redactUrl(url: string): string {
  if (/^data:/i.test(url)) return redactDataUri(url)
  const [beforeHash = ''] = url.split('#', 1)
  const queryAt = beforeHash.indexOf('?')
  const path = queryAt < 0 ? beforeHash : beforeHash.slice(0, queryAt)
  const withoutUser = path.replace(/^([a-z][a-z0-9+.-]*:)?\/\/[^/]*@/i, '$1//')
  return shorten(withoutUser + (queryAt < 0 ? '' : redactQuery(beforeHash.slice(queryAt + 1))))
}

/** A text with every URL in it redacted, and everything that looks like a credential replaced by `…`. */
export function redactText(text: string): string {
  if (!SUSPICIOUS.test(text)) return text
  const withoutUrls = text.replace(/\b[a-z][a-z0-9+.-]*:\/\/[^\s"'<>]+/gi, (url) => redactUrl(url))
  return CREDENTIALS.reduce((shown, [credential, placeholder]) => shown.replace(credential, placeholder), withoutUrls)
}

/** Whether a field, a header or a parameter of this name holds a secret. */
export function isSecretName(name: string): boolean {
  return SECRET_NAME.test(name)
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
