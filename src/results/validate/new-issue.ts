import type { Issue, Severity } from '../../issues.js'
import type { Problem } from '../types/shape-type.js'

/** What to say of an issue besides code, path and message. */
interface IssueDetails {
  readonly hint?: string | undefined
  /** @default 'error' */
  readonly severity?: Severity
}

export function newIssue(
  code: string,
  path: string,
  message: string,
  { hint, severity = 'error' }: IssueDetails = {},
): Issue {
  return { code, severity, message, path, ...(hint === undefined ? {} : { hint }) }
}

/** A problem of a value as an issue below `path`. */
export function issueAt(path: string, { code, severity, key, message, hint }: Problem): Issue {
  return newIssue(code, joinPath(path, key), message, { hint, severity })
}

/** `result[3]` and `value.width` → `result[3].value.width`; a key that begins with `[` needs no dot. */
export function joinPath(path: string, key: string): string {
  if (path === '' || key === '') return `${path}${key}`
  return key.startsWith('[') || key.startsWith('.') ? `${path}${key}` : `${path}.${key}`
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
