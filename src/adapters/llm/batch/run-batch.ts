/** Answers many items through a provider's batch API, by filling the response cache. */

import type { Item } from '../../adapter.js'
import type { Budget } from '../bill/budget.js'
import { BATCH_DISCOUNT, costOf } from '../bill/prices.js'
import { addSpend, nothing, type Spend } from '../bill/spend.js'
import type { UsageCounters } from '../bill/usage-counters.js'
import { mostSpend, spendOf } from '../calls/model-calls.js'
import { requestKey } from '../calls/request-key.js'
import { withRetries } from '../calls/retry.js'
import { LlmError } from '../llm-error.js'
import type { CheckedOptions } from '../options.js'
import type { BatchOutcome, LlmBatchApi, LlmRequest } from '../provider.js'
import type { Ask } from '../questions.js'

export interface RunBatchOptions {
  /** Goes on with a job that was begun before, for the same items. */
  readonly jobId?: string
  /** Told the job's id as soon as there is one: keep it, to go on after a crash. */
  readonly onJob?: (jobId: string) => void
  /** Milliseconds between looks at the job. @default 60000 */
  readonly pollEvery?: number
  readonly signal?: AbortSignal
}

export interface BatchRun {
  /** Undefined when every reply was in the cache. */
  readonly jobId?: string
  /** Replies that were in the cache before. */
  readonly cached: number
  /** Replies that the job brought. */
  readonly answered: number
  /** Requests of the job that failed; `predict` makes them again, at the full price. */
  readonly failed: readonly LlmError[]
}

interface BatchContext extends Pick<CheckedOptions, 'provider' | 'cache' | 'clock' | 'price' | 'retries' | 'maxWait'> {
  readonly ask: Ask
  readonly budget: Budget
  readonly counters: UsageCounters
}

export async function runBatch(
  items: readonly Item[],
  context: BatchContext,
  { jobId: begun, onJob, pollEvery = 60_000, signal = new AbortController().signal }: RunBatchOptions = {},
): Promise<BatchRun> {
  const { provider, cache, budget } = context
  const { batch } = provider
  if (batch === undefined || cache === undefined) throw unable(provider.name, batch)
  const { missing, cached } = await findMissing(items, context)
  if (missing.size === 0) return { cached, answered: 0, failed: [] }

  const most = [...missing.values()].map((request) => half(mostSpend(request, context.price))).reduce(addSpend, nothing)
  const reservation = await budget.reserve(most)
  let spent = nothing
  try {
    const requests = [...missing].map(([id, request]) => ({ id, request }))
    const jobId = begun ?? (await batch.submit(requests, { signal }))
    onJob?.(jobId)
    const outcomes = await waitFor(batch, jobId, pollEvery, context, signal)
    const failed: LlmError[] = []
    for (const { id, outcome } of outcomes) {
      spent = addSpend(spent, bill(outcome, context))
      if (outcome instanceof LlmError) failed.push(outcome)
      else await cache.set(id, outcome)
    }
    return { jobId, cached, answered: outcomes.length - failed.length, failed }
  } finally {
    await reservation.settle(spent)
  }
}

/** The requests that no reply is known of, by their key. */
async function findMissing(items: readonly Item[], { ask, provider, cache }: BatchContext) {
  const missing = new Map<string, LlmRequest>()
  let cached = 0
  for (const item of items) {
    for (const request of ask(item).requests) {
      const key = requestKey(provider, request)
      if ((await cache?.get(key)) === undefined) missing.set(key, request)
      else cached++
    }
  }
  return { missing, cached }
}

async function waitFor(
  batch: LlmBatchApi,
  jobId: string,
  pollEvery: number,
  context: BatchContext,
  signal: AbortSignal,
): Promise<readonly BatchOutcome[]> {
  const { clock, counters } = context
  const look = () => batch.results(jobId, { signal })
  for (;;) {
    const outcomes = await withRetries(look, context, clock, signal, () => counters.count('retries'))
    if (outcomes !== undefined) return outcomes
    await clock.sleep(pollEvery, signal)
  }
}

function bill(outcome: BatchOutcome['outcome'], { counters, price }: BatchContext): Spend {
  const { usage } = outcome
  if (outcome instanceof LlmError) counters.countError(outcome.kind)
  if (usage === undefined) return nothing
  counters.bill(usage, price === undefined ? undefined : costOf(price, usage) * BATCH_DISCOUNT)
  return half(spendOf(usage, price))
}

/** The price of a batch; tokens and requests stay what they are. */
function half(spend: Spend): Spend {
  return { ...spend, cost: spend.cost * BATCH_DISCOUNT }
}

function unable(provider: string, batch: LlmBatchApi | undefined): LlmError {
  return batch === undefined
    ? new LlmError(`${provider} has no batch API`, { kind: 'provider', hint: 'Use `predict`, with `concurrency`.' })
    : new LlmError('a batch needs a response cache to put its replies into', {
        kind: 'provider',
        hint: 'Do not pass `cache: false`.',
      })
}
