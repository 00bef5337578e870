import { createHash } from 'node:crypto'
import type { Finding } from '../../results/findings.js'
import type { Adapter, Fills, Item } from '../adapter.js'
import { defineAdapter } from '../define-adapter.js'
import { answerItem } from './answer-item.js'
import { type BatchRun, type RunBatchOptions, runBatch } from './batch/run-batch.js'
import { createBudget } from './bill/budget.js'
import { createUsageCounters, type UsageReport } from './bill/usage-counters.js'
import { createModelCalls } from './calls/model-calls.js'
import { createRateLimiter } from './calls/rate-limiter.js'
import { createReplies } from './calls/replies.js'
import { fillsOf } from './forms/form-for.js'
import { type LlmOptions, readOptions } from './options.js'
import { type LlmPlan, type PlanOptions, planItems } from './plan/plan-items.js'
import { createPromptMemory } from './prompt/prompt-memory.js'
import { createAsk } from './questions.js'

/** An adapter that asks a language model, with its bill. */
export interface LlmAdapter extends Adapter<undefined, Fills> {
  /** What was asked and paid so far. */
  usage(): UsageReport
  /** The exact prompt of the first item, and what all of them would take and cost. Nothing is bought. */
  plan(items: Iterable<Item> | AsyncIterable<Item>, options?: PlanOptions): Promise<LlmPlan>
  /**
   * Answers items through the provider's batch API, at half the price and within a day. `predict` of the same adapter
   * takes the replies from there; in a response cache that lasts, so do others.
   *
   * @throws LlmError `provider` when there is no batch API or a job fails, `budget` when the next job may not fit;
   * PrelabelError `llm-batch-state`
   */
  runBatch(items: Iterable<Item> | AsyncIterable<Item>, options?: RunBatchOptions): Promise<BatchRun>
}

/** Version of prompts and answer forms: raised when either changes. */
const VERSION = '1.0.0'

/**
 * Fills with a language model every control that words can fill, one request for all controls of a task: `Choices`,
 * `Taxonomy`, `TextArea`, `Rating`, `Number`, `DateTime`, `Pairwise`, `Ranker`, text spans by quote, and boxes on
 * pictures for models that see. Answers are checked against the labeling config; what does not fit is sent back once.
 *
 * @example
 * llm({ provider: anthropic({ model: 'claude-haiku-5-5' }), instructions: 'How does the customer feel?', budget: { day: { cost: 5 } } })
 *
 * @throws PrelabelError `invalid-llm-options`, `invalid-llm-template`, `llm-price-unknown`
 */
export function llm(given: LlmOptions): LlmAdapter {
  const options = readOptions(given)
  const { provider, clock, concurrency, controls, name } = options
  const counters = createUsageCounters()
  const budget = createBudget(options.budget, clock, options.spendLog)
  const limiter = createRateLimiter(options, clock)
  const replies = createReplies(options.cache, clock, counters)
  const calls = createModelCalls({ ...options, replies, retry: options, limiter, budget, counters })
  const prompts = createPromptMemory(options.promptPrefix)
  const ask = createAsk(options, prompts)

  const adapter = defineAdapter<Fills, undefined>({
    name,
    version: VERSION,
    fills: fillsOf(provider.vision),
    scope: 'task',
    // A task is not shown the example that was taken from it, which its id tells.
    reads: options.examples?.from.some(({ id }) => id !== undefined) ? 'task' : 'data',
    controls,
    options: fingerprint(given),
    batchSize: 1,
    concurrency,
    ...(options.promptPrefix === undefined ? {} : { fit: (event, { remembered }) => prompts.learn(event, remembered) }),
    inspect: () => ({ summary: `${provider.name} ${provider.model}` }),
    predict: (items, { signal, logger }) =>
      Promise.all(
        items.map(
          (item): Promise<readonly Finding[] | Error> =>
            answerItem(item, { ask, calls, counters, settings: options }, signal, logger).catch((error: unknown) =>
              error instanceof Error ? error : new Error(String(error)),
            ),
        ),
      ),
  })
  return {
    ...adapter,
    usage: () => ({ ...counters.read(), costToday: budget.spent().day.cost }),
    plan: (items, plan) => planItems(items, { ask, ...options, replies, budget, usage: counters.read() }, plan),
    runBatch: (items, batch) => runBatch(items, { ask, ...options, replies, budget, counters }, batch),
  }
}

/** All that answers depend on, as plain JSON without secrets; examples, which may be thousands of tasks, by their hash. */
function fingerprint({ provider, ...options }: LlmOptions): unknown {
  const {
    instructions,
    template,
    promptPrefix,
    examples,
    maxImageSide,
    abstain,
    confidence,
    calibration,
    repairs,
    maxOutputTokens,
  } = options
  const { name, model, settings } = provider
  return {
    provider: { name, model, settings },
    instructions,
    template,
    promptPrefix,
    examples: examples === undefined ? undefined : hashOf(examples),
    maxImageSide,
    abstain,
    confidence,
    calibration,
    repairs,
    maxOutputTokens,
  }
}

function hashOf(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex')
}
