/** What looks like a credential, by its own form or by the name before it. */

/** How a name ends whose value is secret: `accessToken`, `X-Auth-Token`, `DB_PASSWORD`, `api-key`, `AccountKey`, `sig`, … */
const SECRET_ENDS = [
  'token|secret|passwords?|passwd|pwd|passphrase|credentials?|sessionid',
  '(?:access|account|api|auth|encryption|private|secret|shared|signing|subscription)[-_]?keys?|access[-_]?key[-_]?id',
  '(?:auth|db|smtp|user)[-_]?pass',
  '(?<![a-z0-9])(?:sig|signature)|sharedaccesssignature',
].join('|')

const SECRET_NAME = new RegExp(`(?:${SECRET_ENDS}|cookie|authorization)$`, 'i')

/** Looks back from `=` or `:` for a secret name, in quotes or not. */
const AFTER_NAME = `(?<=(?:${SECRET_ENDS})\\\\*["']?\\s*[:=])`
/** The same, but for paths of options, which end in a colon before they say what is wrong: `auth.basic.password: …`. */
const AFTER_PLAIN_NAME = `(?<=(?<![./\\w-])[\\w-]*(?:${SECRET_ENDS})\\\\*["']?\\s*:)`
const BARE_VALUE = `[^\\s&"',;)\\]}>]+`

/**
 * What looks like a credential, and what stands in its place. The texts are foreign, so none of these may take more than
 * linear time: a run without limit begins where no match can begin within it, or is kept when it was scanned.
 */
const CREDENTIALS: readonly (readonly [RegExp, string])[] = [
  [/-----BEGIN [A-Z ]{0,40}PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]{0,40}PRIVATE KEY-----|$)/g, '…'],
  [/(^|[\s"'(=])\/\/[^\s/@:]+:[^\s/]+@/g, '$1//'],
  [/\b(authorization["']?\s*[:=]\s*["']?\w+)\s+[^\s"',]+/gi, '$1 …'],
  [/\b(authorization["']?\s*[:=]\s*["']?)(?!\w+\s|[[{])[^\s"',]+/gi, '$1…'],
  [/\b((?:set-)?cookie["']?\s*[:=]\s*["']?)[\w.-]+=[^"'\r\n]*/gi, '$1…'],
  [new RegExp(`([:=]${AFTER_NAME}\\s*(?:\\[\\s*)?(\\\\+["']))(?!\\2)[\\s\\S]+?(?=\\2|$)`, 'gi'), '$1…'],
  [new RegExp(`([:=]${AFTER_NAME}\\s*(?:\\[\\s*)?(["']))(?:(?!\\2)[^\\\\]|\\\\[\\s\\S])+`, 'gi'), '$1…'],
  [new RegExp(`(=${AFTER_NAME}\\s*)(?![[{\\\\])${BARE_VALUE}`, 'gi'), '$1…'],
  [new RegExp(`(:${AFTER_PLAIN_NAME}\\s*)(?!//|[[{\\\\]|(?:null|undefined|true|false)\\b)${BARE_VALUE}`, 'gi'), '$1…'],
  [/\b([Tt]oken|TOKEN|[Bb]earer|BEARER|[Bb]asic|BASIC)\s+(?=\S*[\d=])[\w.~+/=-]{8,}/g, '$1 …'],
  // JSON Web Tokens, such as personal access tokens of Label Studio, and its older tokens.
  [/(?<![\w-])eyJ[\w-]+\.[\w-]+(\.[\w-]*)?/g, '…'],
  [/\b[0-9a-f]{40}\b/gi, '…'],
  // Keys by the beginning that their makers give them: OpenAI and Anthropic, Hugging Face, AWS, Google, GitHub, GitLab,
  // Groq, npm, Slack.
  [/\bsk-(?=[\w-]{0,60}\d)[\w-]{16,}/g, '…'],
  [/\bhf_[A-Za-z0-9]{20,}/g, '…'],
  [/\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/g, '…'],
  [/\bAIza[\w-]{35}/g, '…'],
  [/\b(?:gh[opsru]|github_pat)_\w{22,}/g, '…'],
  [/\bglpat-[\w-]{20,}/g, '…'],
  [/\bgsk_\w{20,}/g, '…'],
  [/\bnpm_[A-Za-z0-9]{36}/g, '…'],
  [/\bxox[abeoprs]-[\w-]{10,}/g, '…'],
]

/** The text with what looks like a credential replaced by `…`. */
export function hideCredentials(text: string): string {
  return CREDENTIALS.reduce((shown, [credential, placeholder]) => shown.replace(credential, placeholder), text)
}

/** Every credential and every URL has one of these; most texts have none, and need no closer look. */
const SUSPICIOUS =
  /[=:]|token|bearer|basic|eyj|sk-|hf_|akia|asia|aiza|gh[opsru]_|github_pat|glpat|gsk_|npm_|xox|private key|[0-9a-f]{40}/i

/** Whether a text may hold a credential or a URL at all. */
export function isSuspicious(text: string): boolean {
  return SUSPICIOUS.test(text)
}

/** Whether a field, a header or a parameter of this name holds a secret. */
export function isSecretName(name: string): boolean {
  return SECRET_NAME.test(name)
}
