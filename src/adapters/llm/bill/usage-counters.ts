import type { LlmErrorKind } from '../llm-error.js'
import type { LlmUsage } from '../provider.js'

/** What was asked and paid so far, for reports and metrics. */
export interface UsageReport {
  /** Requests that were billed. */
  readonly requests: number
  /** US dollars, by the price table. */
  readonly cost: number
  /** Billed requests of a model without a price: they count as free in `cost`. */
  readonly unpriced: number
  readonly inputTokens: number
  readonly outputTokens: number
  readonly cacheReadTokens: number
  readonly cacheWriteTokens: number
  /** Replies that came from the response cache. */
  readonly cacheHits: number
  /** Failures of the response cache: replies were paid for that it may have had. */
  readonly cacheErrors: number
  /** Requests that joined an equal one under way. */
  readonly shared: number
  readonly retries: number
  /** Replies that went back to the model with what was wrong. */
  readonly repairs: number
  /** Failed calls by kind, those that were made again too. */
  readonly errors: Readonly<Partial<Record<LlmErrorKind, number>>>
  /** Dollars spent on this day, by UTC. */
  readonly costToday: number
}

type UsageEvent = 'cacheHits' | 'cacheErrors' | 'shared' | 'retries' | 'repairs'

export interface UsageCounters {
  bill(usage: LlmUsage, cost: number | undefined): void
  count(event: UsageEvent): void
  countError(kind: LlmErrorKind): void
  read(): Omit<UsageReport, 'costToday'>
}

export function createUsageCounters(): UsageCounters {
  const billed = {
    requests: 0,
    cost: 0,
    unpriced: 0,
    inputTokens: 0,
    outputTokens: 0,
    cacheReadTokens: 0,
    cacheWriteTokens: 0,
  }
  const events: Record<UsageEvent, number> = { cacheHits: 0, cacheErrors: 0, shared: 0, retries: 0, repairs: 0 }
  const errors: Partial<Record<LlmErrorKind, number>> = {}
  return {
    bill(usage, cost) {
      billed.requests++
      billed.cost += cost ?? 0
      if (cost === undefined) billed.unpriced++
      billed.inputTokens += usage.input
      billed.outputTokens += usage.output
      billed.cacheReadTokens += usage.cacheRead
      billed.cacheWriteTokens += usage.cacheWrite
    },
    count(event) {
      events[event]++
    },
    countError(kind) {
      errors[kind] = (errors[kind] ?? 0) + 1
    },
    read: () => ({ ...billed, ...events, errors: { ...errors } }),
  }
}
