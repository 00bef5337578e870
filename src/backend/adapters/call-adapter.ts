import type { Adapter, Item, Logger, Outcome, PredictContext } from '../../adapters/adapter.js'
import { checkOutcomes } from '../../adapters/check-outcomes.js'
import { type AbortSource, type Cancellation, createCancellation } from '../../cancellation.js'
import { PrelabelError } from '../../errors.js'
import { messageOf } from '../describe-error.js'
import { withTimeout } from './with-timeout.js'

/** What a call needs besides its items. */
export interface CallContext {
  readonly model: unknown
  /** Fires when nobody waits for the answer any more. */
  readonly signal: AbortSource
  readonly logger: Logger
}

/** How long a call may take. */
export interface CallLimit {
  /** The one of `limits` that says so. */
  readonly option: 'adapterMs' | 'aloneMs'
  readonly ms: number
}

/**
 * Calls an adapter so that its faults stay with the items that caused them: always one outcome an item. A call that
 * throws, or answers with another number of outcomes than it was given items, is repeated item by item, as long as
 * anybody waits.
 */
export async function callAdapter(
  adapter: Adapter,
  items: readonly Item[],
  context: CallContext,
  limit: CallLimit,
): Promise<readonly Outcome[]> {
  try {
    return await callOnce(adapter, items, context, limit)
  } catch (error) {
    const failure = toFailure(adapter.name, error)
    const alone = items.length === 1 || context.signal.aborted || failure.code === 'adapter-timeout'
    if (alone) return items.map(() => failure)
    context.logger.warn(
      { adapter: adapter.name, items: items.length, reason: failure.message },
      'batch retried item by item',
    )
  }
  const outcomes: Outcome[] = []
  for (const item of items) {
    const [outcome] = await callAdapter(adapter, [item], context, limit)
    if (outcome !== undefined) outcomes.push(outcome)
  }
  return outcomes
}

async function callOnce(
  adapter: Adapter,
  items: readonly Item[],
  { model, signal, logger }: CallContext,
  limit: CallLimit,
): Promise<readonly Outcome[]> {
  if (signal.aborted) throw signal.reason
  // Of this call alone: one that runs out of time must not take the others of its batch along.
  const call = createCancellation()
  const abort = () => call.abort(signal.reason)
  signal.addEventListener('abort', abort, { once: true })
  const expire = () => {
    const error = timedOut(adapter.name, limit)
    call.abort(error)
    return error
  }
  try {
    const predicted = adapter.predict(items, new LazyContext(model, logger, call))
    const late = Array.isArray(predicted) ? predicted : withTimeout(limit.ms, Promise.resolve(predicted), expire)
    return checkOutcomes(adapter.name, await late, items.length).map((outcome) =>
      outcome instanceof Error ? toFailure(adapter.name, outcome) : outcome,
    )
  } finally {
    signal.removeEventListener('abort', abort)
  }
}

/**
 * Makes the signal when it is asked for. It is a property of each object, since adapters spread their context, and one
 * getter serves all: an object with a getter of its own is kept alive by its hidden class until the next full collection.
 */
class LazyContext implements PredictContext<unknown> {
  declare readonly signal: AbortSignal
  readonly #cancellation: Cancellation

  constructor(
    readonly model: unknown,
    readonly logger: Logger,
    cancellation: Cancellation,
  ) {
    this.#cancellation = cancellation
    Object.defineProperty(this, 'signal', LazyContext.#signal)
  }

  static readonly #signal = {
    enumerable: true,
    get(this: LazyContext) {
      return this.#cancellation.toSignal()
    },
  }
}

function timedOut(name: string, { option, ms }: CallLimit): PrelabelError {
  return new PrelabelError(`the adapter ${name} did not answer within ${ms} ms`, {
    code: 'adapter-timeout',
    hint: `${option === 'adapterMs' ? 'Lower its `batchSize`, or raise' : 'Raise'} \`limits.${option}\`.`,
  })
}

function toFailure(name: string, error: unknown): PrelabelError {
  if (PrelabelError.isInstance(error)) return error
  return new PrelabelError(`the adapter ${name} failed: ${messageOf(error)}`, {
    code: 'adapter-failed',
    hint: 'The message is what it threw: its model, its options or this task may be at fault.',
    cause: error,
  })
}
