/** The way of every request to a model: cache, one call for equals, limits, budget, retries, bill. */

import type { Logger } from '../../adapter.js'
import type { Budget } from '../bill/budget.js'
import { costOf, mostCost, type Price } from '../bill/prices.js'
import { nothing, type Spend } from '../bill/spend.js'
import type { UsageCounters } from '../bill/usage-counters.js'
import { estimateTokens, mostTokens } from '../estimate-tokens.js'
import { LlmError } from '../llm-error.js'
import type { LlmProvider, LlmReply, LlmRequest, LlmUsage } from '../provider.js'
import type { Clock } from './clock.js'
import type { RateLimiter } from './rate-limiter.js'
import type { Replies } from './replies.js'
import { requestKey } from './request-key.js'
import { type RetryOptions, withRetries } from './retry.js'
import { createSharedCalls } from './shared-calls.js'

export interface ModelCallsOptions {
  readonly provider: LlmProvider
  readonly replies: Replies
  readonly limiter: RateLimiter
  readonly budget: Budget
  readonly counters: UsageCounters
  readonly price: Price | undefined
  readonly retry: RetryOptions
  readonly clock: Clock
}

export interface ModelCalls {
  /** @throws LlmError of any kind, or the signal's reason */
  ask(request: LlmRequest, signal: AbortSignal, logger?: Logger): Promise<LlmReply>
}

/** Of the limit, what an answer is expected to take until it is known: most answers are far below it. */
const EXPECTED_OUTPUT = 0.25

export function createModelCalls(options: ModelCallsOptions): ModelCalls {
  const { provider, replies, limiter, budget, counters, price, retry, clock } = options
  const shared = createSharedCalls<LlmReply>(() => counters.count('shared'))

  async function callOnce(request: LlmRequest, signal: AbortSignal): Promise<LlmReply> {
    const release = await limiter.acquire(estimateTokens(request) + request.maxOutputTokens * EXPECTED_OUTPUT, signal)
    let usage: LlmUsage | undefined
    try {
      const { settle } = await budget.reserve(mostSpend(request, price))
      try {
        const reply = await provider.complete(request, { signal })
        usage = reply.usage
        return reply
      } catch (error) {
        if (error instanceof LlmError) usage = error.usage
        throw error
      } finally {
        if (usage !== undefined) counters.bill(usage, price === undefined ? undefined : costOf(price, usage))
        await settle(spendOf(usage, price))
      }
    } catch (error) {
      if (error instanceof LlmError) counters.countError(error.kind)
      throw error
    } finally {
      release(usage === undefined ? 0 : tokensOf(usage))
    }
  }

  async function buy(key: string, request: LlmRequest, signal: AbortSignal, logger?: Logger): Promise<LlmReply> {
    const reply = await withRetries(
      () => callOnce(request, signal),
      retry,
      clock,
      signal,
      (error, wait) => {
        counters.count('retries')
        if (error.kind === 'rate-limit' && error.retryAfter !== undefined) limiter.pause(wait)
      },
    )
    await replies.set(key, reply, logger)
    return reply
  }

  return {
    async ask(request, signal, logger) {
      const key = requestKey(provider, request)
      const known = await replies.get(key, logger)
      if (known !== undefined) {
        counters.count('cacheHits')
        return known
      }
      return shared.run(key, signal, (sharedSignal) => buy(key, request, sharedSignal, logger))
    },
  }
}

/** The most that a request can be billed. */
export function mostSpend(request: LlmRequest, price: Price | undefined): Spend {
  const input = mostTokens(request)
  return {
    cost: price === undefined ? 0 : mostCost(price, input, request.maxOutputTokens),
    tokens: input + request.maxOutputTokens,
    requests: 1,
  }
}

/** What a usage comes to. */
export function spendOf(usage: LlmUsage | undefined, price: Price | undefined): Spend {
  if (usage === undefined) return nothing
  return { cost: price === undefined ? 0 : costOf(price, usage), tokens: tokensOf(usage), requests: 1 }
}

function tokensOf({ input, output, cacheRead, cacheWrite }: LlmUsage): number {
  return input + output + cacheRead + cacheWrite
}
