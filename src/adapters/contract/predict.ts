import type { Finding } from '../../results/findings.js'
import type { Logger } from './logger.js'

/** What `predict` may use besides its items. */
export interface PredictContext<M> {
  readonly model: M
  /** Aborted when nobody waits for the answer any more. */
  readonly signal: AbortSignal
  readonly logger: Logger
}

/** What an item is prepared for. */
export interface PrepareContext<M> extends PredictContext<M> {
  /** Somebody has just opened the task; false for one of the next of a list. */
  readonly opened: boolean
}

/** What an adapter says of one item: findings (none is a fine answer), or why this item alone failed. */
export type Outcome = readonly Finding[] | Error
