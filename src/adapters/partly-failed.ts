import { type Issue, IssuesError } from '../issues.js'
import type { Finding } from '../results/findings.js'

/**
 * The outcome of an item of which some controls could not be filled: their issues are logged and counted, and what was
 * found for the others is sent nonetheless.
 */
export class PartlyFailed extends IssuesError {
  constructor(
    readonly findings: readonly Finding[],
    issues: readonly Issue[],
  ) {
    super('some controls could not be filled', issues, { code: 'partly-failed' })
  }

  /** Knows the outcomes that another copy of the package made. */
  static override isInstance(value: unknown): value is PartlyFailed {
    return IssuesError.isInstance(value) && value.code === 'partly-failed' && 'findings' in value
  }
}
