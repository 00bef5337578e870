import type { Logger } from './logger.js'
import type { MaybePromise } from './maybe-promise.js'

/** What `plan` and `runBatch` may use besides their items. */
export interface ItemsContext {
  readonly signal: AbortSignal
  readonly logger: Logger
}

/** What a run would ask and cost. */
export interface AdapterPlan {
  /** For people: what one item is asked, word for word, and the estimate for all. */
  readonly text: string
}

/** Plain JSON by which a bulk run goes on after a crash. */
export interface BatchState {
  /** What was written last; undefined at the beginning. */
  read(): MaybePromise<unknown>
  write(state: unknown): MaybePromise<void>
}

/** What a bulk run did. */
export interface AdapterBatch {
  /** For people, one line. */
  readonly text: string
}
