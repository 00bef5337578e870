/** Problems found in configs and predictions, as data: collected in one pass, rendered last. */

import { PrelabelError } from './errors.js'

/** `error`: Label Studio refuses it or shows nothing; `warning`: it is taken, but something else is shown than was meant. */
export type Severity = 'error' | 'warning'

/** A place in a text: 1-based line and column (column in UTF-16 units), and 0-based offset. */
export interface Position {
  readonly line: number
  readonly column: number
  readonly offset: number
}

/** One problem. */
export interface Issue {
  /** Stable identifier, kebab-case; `docs/errors.md` has one entry for each. */
  readonly code: string
  readonly severity: Severity
  /** One line: what is wrong. */
  readonly message: string
  /** Where: `View/RectangleLabels[box]/@toName` in a config, `result[3].value.width` in a prediction. */
  readonly path: string
  /** What to do about it, one sentence. */
  readonly hint?: string
  /** Where in the source text, when there is one. */
  readonly position?: Position
}

/** Thrown where a caller asked for a finished thing and the issues forbid one. */
export class IssuesError extends PrelabelError {
  readonly issues: readonly Issue[]

  constructor(subject: string, issues: readonly Issue[], details: { code: string; status?: number }) {
    const errors = issues.filter((issue) => issue.severity === 'error')
    const [first] = errors
    const rest = errors.length > 1 ? ` (and ${errors.length - 1} more)` : ''
    super(`${subject}: ${first === undefined ? 'no error' : `${first.path}: ${first.message}`}${rest}`, {
      code: details.code,
      ...(first === undefined ? {} : { path: first.path }),
      ...(first?.hint === undefined ? {} : { hint: first.hint }),
      ...(details.status === undefined ? {} : { status: details.status }),
    })
    this.issues = issues
  }
}

/** True when at least one issue is an error. */
export function hasErrors(issues: readonly Issue[]): boolean {
  return issues.some((issue) => issue.severity === 'error')
}

/**
 * Issues as text for people, one block each: `error unknown-object-tag View/…/@toName (line 3, column 12)`, the message,
 * the line of `source` with a caret under the place, and the hint.
 */
export function formatIssues(issues: readonly Issue[], source?: string): string {
  const lines = source?.split(/\r\n|\r|\n/)
  return issues.map((issue) => formatIssue(issue, lines)).join('\n')
}

function formatIssue({ severity, code, path, position, message, hint }: Issue, lines: readonly string[] | undefined) {
  const place = position === undefined ? '' : ` (line ${position.line}, column ${position.column})`
  const block = [`${severity} ${code} ${path}${place}`, `  ${message}`]
  const line = position === undefined ? undefined : lines?.[position.line - 1]
  if (position !== undefined && line !== undefined) block.push(...excerpt(line, position.column))
  if (hint !== undefined) block.push(`  hint: ${hint}`)
  return block.join('\n')
}

const EXCERPT_WIDTH = 100

/** The line, cut around the column when it is long, and a caret under the column. Tabs keep their width in both. */
function excerpt(line: string, column: number): [string, string] {
  const from = Math.max(0, Math.min(column - 1 - EXCERPT_WIDTH / 2, line.length - EXCERPT_WIDTH))
  const cut = line.slice(from, from + EXCERPT_WIDTH)
  const before = cut.slice(0, column - 1 - from).replace(/[^\t]/g, ' ')
  return [`  | ${cut}`, `  | ${before}^`]
}
