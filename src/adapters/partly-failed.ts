import { type Issue, IssuesError } from '../issues.js'
import type { Finding } from '../results/findings.js'
import type { Outcome } from './contract/predict.js'

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

/** What was found in an item, and the controls that could not be filled, with why. */
export interface FoundPart {
  readonly findings: readonly Finding[]
  readonly issues: readonly Issue[]
}

/** What an outcome has found; or the error that took the whole item. */
export function foundPart(outcome: Outcome): FoundPart | Error {
  if (PartlyFailed.isInstance(outcome)) return { findings: outcome.findings, issues: outcome.issues }
  return outcome instanceof Error ? outcome : { findings: outcome, issues: [] }
}

/** The outcome of an item in which that was found. */
export function toOutcome({ findings, issues }: FoundPart): Outcome {
  return issues.length === 0 ? findings : new PartlyFailed(findings, issues)
}
