/** What a run would ask and cost, without asking. */

import type { AdapterPlan, Item } from '../../adapter.js'
import type { Budget } from '../bill/budget.js'
import { BATCH_DISCOUNT } from '../bill/prices.js'
import type { Spend } from '../bill/spend.js'
import type { UsageReport } from '../bill/usage-counters.js'
import { mostSpend, spendOf } from '../calls/model-calls.js'
import type { Replies } from '../calls/replies.js'
import { requestKey } from '../calls/request-key.js'
import { estimateTokens } from '../estimate-tokens.js'
import type { CheckedOptions } from '../options.js'
import type { JsonSchema, LlmRequest } from '../provider.js'
import type { Ask, Questionnaire } from '../questions.js'
import { formatPlan } from './format-plan.js'

/** Dollars: as expected, and if every byte were a token and every answer as long as it may be. */
export interface PlannedCost {
  readonly expected: number
  readonly most: number
}

export interface LlmPlan extends AdapterPlan {
  /** `openai/gpt-5-mini` */
  readonly model: string
  readonly items: number
  /** Requests that would be made, without repairs and retries; several an item where samples are drawn. */
  readonly requests: number
  /** Of the requests, those whose reply is in the cache: they cost nothing. */
  readonly cached: number
  /** Of the others, those that the budget has room for, if they cost what is expected. */
  readonly affordable: number
  /** The first request, word for word; undefined when there is nothing to ask. */
  readonly prompt?: {
    readonly system: string
    readonly messages: readonly PlannedMessage[]
    readonly schema: JsonSchema
  }
  /** Input tokens of what is to be bought. */
  readonly inputTokens: number
  /** True when the provider counted the first request and the rest was scaled by it; else by four bytes a token. */
  readonly counted: boolean
  /** Output tokens as they were so far, else a guess by the number of questions. */
  readonly outputTokens: number
  /** Undefined when the model has no price. */
  readonly cost?: PlannedCost
  /** Through the provider's batch API; undefined where it has none. */
  readonly batchCost?: PlannedCost
  /** Items for which no request can be made, and why. */
  readonly problems: readonly PlanProblem[]
}

/** An item for which no request can be made. */
export interface PlanProblem {
  readonly task?: number | string
  readonly message: string
}

export interface PlannedMessage {
  readonly role: 'user' | 'assistant'
  /** Pictures as `[picture 640×480 image/jpeg]`. */
  readonly text: string
}

export interface PlanOptions {
  readonly signal?: AbortSignal
  /**
   * Has the provider count the tokens of the first request, which it does without a charge; the request is sent to it
   * for that. Without it nothing leaves the process.
   * @default false
   */
  readonly count?: boolean
}

interface PlanContext extends Pick<CheckedOptions, 'provider' | 'price' | 'cache'> {
  readonly ask: Ask
  readonly replies: Replies
  readonly budget: Budget
  readonly usage: Pick<UsageReport, 'requests' | 'outputTokens'>
}

/** A request to be bought. */
interface Planned {
  readonly inputTokens: number
  readonly outputTokens: number
  readonly most: Spend
}

/** An answer to one question, with what holds it together. */
const TOKENS_PER_QUESTION = 40

export async function planItems(
  items: Iterable<Item> | AsyncIterable<Item>,
  context: PlanContext,
  { signal = new AbortController().signal, count = false }: PlanOptions = {},
): Promise<LlmPlan> {
  const { provider, price, budget } = context
  const { first, planned, problems, ...counts } = await collect(items, context)
  const scale = first !== undefined && count ? await countedScale(first, context, signal) : undefined
  const spends = planned.map(({ inputTokens, outputTokens, most }) => {
    const input = inputTokens * (scale ?? 1)
    return { input, most, expected: spendOf({ input, output: outputTokens, cacheRead: 0, cacheWrite: 0 }, price) }
  })
  const sum = (of: (spend: (typeof spends)[number]) => number) => spends.reduce((total, spend) => total + of(spend), 0)
  const cost = price && { expected: sum(({ expected }) => expected.cost), most: sum(({ most }) => most.cost) }
  const plan = {
    model: `${provider.name}/${provider.model}`,
    ...counts,
    affordable: await budget.roomFor(spends),
    ...(first === undefined ? {} : { prompt: toPrompt(first) }),
    inputTokens: Math.round(sum(({ input }) => input)),
    counted: scale !== undefined,
    outputTokens: Math.round(planned.reduce((total, { outputTokens }) => total + outputTokens, 0)),
    ...(cost === undefined ? {} : { cost }),
    ...(cost === undefined || provider.batch === undefined
      ? {}
      : { batchCost: { expected: cost.expected * BATCH_DISCOUNT, most: cost.most * BATCH_DISCOUNT } }),
    problems,
  }
  return { ...plan, text: formatPlan(plan) }
}

/** What there is to buy. */
async function collect(
  items: Iterable<Item> | AsyncIterable<Item>,
  { ask, provider, replies, price, usage, cache }: PlanContext,
) {
  const problems: PlanProblem[] = []
  const planned: Planned[] = []
  const counts = { items: 0, requests: 0, cached: 0 }
  const seen = new Set<string>()
  let first: LlmRequest | undefined
  for await (const item of items) {
    counts.items++
    const questionnaire = await askOrNote(item, ask, problems)
    for (const request of questionnaire?.requests ?? []) {
      first ??= request
      counts.requests++
      const key = requestKey(provider, request)
      // Equal tasks are answered once, where there is a cache.
      if (seen.has(key) || (await replies.get(key)) !== undefined) {
        counts.cached++
        continue
      }
      if (cache !== undefined) seen.add(key)
      const outputTokens =
        usage.requests > 0
          ? usage.outputTokens / usage.requests
          : TOKENS_PER_QUESTION * (questionnaire?.sheet.questions.length ?? 0)
      planned.push({ inputTokens: estimateTokens(request), outputTokens, most: mostSpend(request, price) })
    }
  }
  return { ...counts, first, planned, problems }
}

async function askOrNote(item: Item, ask: Ask, problems: PlanProblem[]): Promise<Questionnaire | undefined> {
  try {
    return await ask(item)
  } catch (error) {
    const { id } = item.task
    problems.push({
      ...(id === undefined ? {} : { task: id }),
      message: error instanceof Error ? error.message : String(error),
    })
    return undefined
  }
}

/** How many tokens the provider counts for one that was estimated; undefined when it cannot be asked. */
async function countedScale(
  request: LlmRequest,
  { provider }: PlanContext,
  signal: AbortSignal,
): Promise<number | undefined> {
  try {
    return (await provider.countTokens(request, { signal })) / estimateTokens(request)
  } catch (error) {
    if (signal.aborted) throw error
    return undefined
  }
}

function toPrompt({ system, messages, schema }: LlmRequest): NonNullable<LlmPlan['prompt']> {
  return {
    system,
    schema,
    messages: messages.map(({ role, parts }) => ({
      role,
      text: parts
        .map((part) =>
          part.kind === 'text'
            ? part.text
            : `[picture ${part.image.width}×${part.image.height} ${part.image.mediaType}]`,
        )
        .join('\n'),
    })),
  }
}
