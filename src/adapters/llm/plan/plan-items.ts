/** What a run would ask and cost, without asking. */

import type { Item } from '../../adapter.js'
import { costOf, mostCost } from '../bill/prices.js'
import type { UsageReport } from '../bill/usage-counters.js'
import { requestKey } from '../calls/request-key.js'
import { estimateTokens, mostTokens } from '../estimate-tokens.js'
import type { CheckedOptions } from '../options.js'
import type { JsonSchema, LlmRequest } from '../provider.js'
import type { Ask, Questionnaire } from '../questions.js'

export interface LlmPlan {
  /** `openai/gpt-5-mini` */
  readonly model: string
  readonly items: number
  /** Requests that would be made, without repairs and retries; several an item where samples are drawn. */
  readonly requests: number
  /** Of the requests, those whose reply is in the cache: they cost nothing. */
  readonly cached: number
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
  /** Dollars; undefined when the model has no price. */
  readonly cost?: { readonly expected: number; readonly most: number }
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

interface PlanContext extends Pick<CheckedOptions, 'provider' | 'cache' | 'price'> {
  readonly ask: Ask
  readonly usage: Pick<UsageReport, 'requests' | 'outputTokens'>
}

/** An answer to one question, with what holds it together. */
const TOKENS_PER_QUESTION = 40

export async function planItems(items: readonly Item[], context: PlanContext, signal: AbortSignal): Promise<LlmPlan> {
  const { provider, cache, price, usage } = context
  const problems: PlanProblem[] = []
  const totals = { requests: 0, cached: 0, estimated: 0, most: 0, outputTokens: 0 }
  let first: LlmRequest | undefined
  for (const item of items) {
    const questionnaire = askOrNote(item, context.ask, problems)
    for (const request of questionnaire?.requests ?? []) {
      first ??= request
      totals.requests++
      if ((await cache?.get(requestKey(provider, request))) !== undefined) {
        totals.cached++
        continue
      }
      const output =
        usage.requests > 0
          ? usage.outputTokens / usage.requests
          : TOKENS_PER_QUESTION * (questionnaire?.sheet.questions.length ?? 0)
      totals.estimated += estimateTokens(request)
      totals.outputTokens += output
      if (price !== undefined) totals.most += mostCost(price, mostTokens(request), request.maxOutputTokens)
    }
  }
  const scale = first === undefined ? undefined : await countedScale(first, context, signal)
  const inputTokens = Math.round(totals.estimated * (scale ?? 1))
  const outputTokens = Math.round(totals.outputTokens)
  return {
    model: `${provider.name}/${provider.model}`,
    items: items.length,
    requests: totals.requests,
    cached: totals.cached,
    ...(first === undefined ? {} : { prompt: toPrompt(first) }),
    inputTokens,
    counted: scale !== undefined,
    outputTokens,
    ...(price === undefined
      ? {}
      : {
          cost: {
            expected: costOf(price, { input: inputTokens, output: outputTokens, cacheRead: 0, cacheWrite: 0 }),
            most: totals.most,
          },
        }),
    problems,
  }
}

function askOrNote(item: Item, ask: Ask, problems: PlanProblem[]): Questionnaire | undefined {
  try {
    return ask(item)
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
