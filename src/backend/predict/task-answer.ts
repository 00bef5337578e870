import type { PrelabelError } from '../../errors.js'
import type { Issue } from '../../issues.js'
import type { Prediction } from '../../results/result.js'

/** What became of one task. */
export interface TaskAnswer {
  /** Every result in it is one that the editor shows. Absent when the task failed, and when all adapters answer only what is drawn. */
  readonly prediction?: Prediction
  /** Why the task failed; in an interactive request it may stand beside what the other adapters found. */
  readonly error?: PrelabelError
  /** What was said and not sent, with why. */
  readonly issues: readonly Issue[]
}
