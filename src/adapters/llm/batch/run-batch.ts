/** Answers many items through a provider's batch API, for `predict` to take the replies from. */

import type { AdapterBatch, BatchState, Item, Logger } from '../../adapter.js'
import type { Budget, Reservation } from '../bill/budget.js'
import { BATCH_DISCOUNT, costOf } from '../bill/prices.js'
import { addSpend, nothing, type Spend } from '../bill/spend.js'
import type { UsageCounters } from '../bill/usage-counters.js'
import { mostSpend, spendOf } from '../calls/model-calls.js'
import type { Replies } from '../calls/replies.js'
import { requestKey } from '../calls/request-key.js'
import { withRetries } from '../calls/retry.js'
import { LlmError } from '../llm-error.js'
import type { CheckedOptions } from '../options.js'
import type { BatchOutcome, LlmBatchApi } from '../provider.js'
import type { Ask } from '../questions.js'
import { type BatchJob, createJobLog, type JobLog } from './job-log.js'
import { type KeyedRequest, packJobs } from './pack-jobs.js'

export interface RunBatchOptions {
  /** Keeps the jobs, to go on with them after a crash. @default in memory */
  readonly state?: BatchState
  /** Milliseconds between looks at a job. @default 60000 */
  readonly pollEvery?: number
  readonly signal?: AbortSignal
  /** Is told of jobs that are sent, and each time one is not done yet. */
  readonly logger?: Logger
}

export interface BatchRun extends AdapterBatch {
  /** Ids that the provider gave the jobs. */
  readonly jobs: readonly string[]
  /** Replies that were in the cache before. */
  readonly cached: number
  /** Replies that jobs brought. */
  readonly answered: number
  /** Requests of jobs that failed; `predict` makes them again, at the full price. */
  readonly failed: number
}

interface BatchContext extends Pick<CheckedOptions, 'provider' | 'clock' | 'price' | 'retries' | 'maxWait'> {
  readonly ask: Ask
  readonly replies: Replies
  readonly budget: Budget
  readonly counters: UsageCounters
}

/** How jobs are waited for. */
interface Waiting {
  readonly pollEvery: number
  readonly logger: Logger | undefined
}

/** @throws LlmError `provider` when there is no batch API, `budget` when the next job may not fit; what is under way is waited for */
export async function runBatch(
  items: Iterable<Item> | AsyncIterable<Item>,
  context: BatchContext,
  { state, pollEvery = 60_000, signal = new AbortController().signal, logger }: RunBatchOptions = {},
): Promise<BatchRun> {
  const { provider, budget, price } = context
  const { batch } = provider
  if (batch === undefined) throw noBatch(provider.name)
  const log = await createJobLog(state)
  const counts = { cached: 0, answered: 0 }
  const take = async (job: BatchJob) => {
    counts.answered += await takeOutcomes(job, batch, { ...context, pollEvery, logger, log }, signal)
  }
  await Promise.all(log.jobs.map(take))

  const underWay: Promise<void>[] = []
  try {
    const missing = missingRequests(items, context, log, () => counts.cached++)
    for await (const requests of packJobs(missing)) {
      const most = requests.map(({ request }) => half(mostSpend(request, price))).reduce(addSpend, nothing)
      const reservation = await budget.reserve(most)
      const job = await batch.submit(requests, { signal }).then(log.begin).catch(giveBack(reservation))
      logger?.info({ job: job.id, requests: requests.length }, `${job.id}: sent, ${requests.length} requests`)
      // What it cost is recorded when its outcomes are taken, just before this.
      const taken = take(job).finally(() => reservation.settle(nothing))
      // A failure is told below: until then nobody waits for this one.
      taken.catch(() => undefined)
      underWay.push(taken)
    }
  } finally {
    // Jobs that were sent are paid for: their replies are wanted whatever became of the others.
    await Promise.allSettled(underWay)
  }
  await Promise.all(underWay)
  const failed = log.failed.size
  return {
    jobs: log.jobs.map(({ id }) => id),
    ...counts,
    failed,
    text: `${counts.answered} requests answered in bulk, ${counts.cached} from the cache, ${failed} failed`,
  }
}

/** The requests of which no reply is known, once each. */
async function* missingRequests(
  items: Iterable<Item> | AsyncIterable<Item>,
  { ask, provider, replies }: BatchContext,
  { failed }: JobLog,
  onCached: () => void,
): AsyncGenerator<KeyedRequest> {
  const seen = new Set(failed)
  for await (const item of items) {
    // What cannot be asked fails when it is predicted, and says why there.
    const { requests } = await ask(item).catch(() => ({ requests: [] }))
    for (const request of requests) {
      const id = requestKey(provider, request)
      if (seen.has(id)) continue
      seen.add(id)
      if ((await replies.get(id)) === undefined) yield { id, request }
      else onCached()
    }
  }
}

function giveBack(reservation: Reservation): (error: unknown) => Promise<never> {
  return async (error) => {
    await reservation.settle(nothing)
    throw error
  }
}

/** Waits for a job, keeps its replies and bills them, once. @returns how many there are */
async function takeOutcomes(
  job: BatchJob,
  batch: LlmBatchApi,
  context: BatchContext & Waiting & { readonly log: JobLog },
  signal: AbortSignal,
): Promise<number> {
  const { replies, budget, log } = context
  const outcomes = await waitFor(batch, job.id, context, signal)
  const failed: string[] = []
  let spent = nothing
  for (const { id, outcome } of outcomes) {
    if (!job.done) spent = addSpend(spent, bill(outcome, context))
    if (outcome instanceof LlmError) failed.push(id)
    else await replies.keep(id, outcome)
  }
  await budget.record(spent)
  await log.end(job, failed)
  return outcomes.length - failed.length
}

async function waitFor(
  batch: LlmBatchApi,
  jobId: string,
  context: BatchContext & Waiting,
  signal: AbortSignal,
): Promise<readonly BatchOutcome[]> {
  const { clock, counters, pollEvery, logger } = context
  const look = () => batch.results(jobId, { signal })
  for (;;) {
    const outcomes = await withRetries(look, context, clock, signal, () => counters.count('retries'))
    if (outcomes !== undefined) return outcomes
    logger?.info({ job: jobId }, `${jobId}: in progress, asking again in ${pollEvery / 1000} s`)
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

function noBatch(provider: string): LlmError {
  return new LlmError(`${provider} has no batch API`, { kind: 'provider', hint: 'Use `predict`, with `concurrency`.' })
}
