import type { LlmUsage } from '../provider.js'

/** US dollars for a million tokens. */
export interface TokenPrice {
  readonly input: number
  readonly output: number
  /** Input read from the provider's prompt cache. @default input */
  readonly cacheRead?: number
  /** Input written to it. @default input */
  readonly cacheWrite?: number
}

export interface Price extends TokenPrice {
  /** What a request costs whose input is longer than so many tokens. */
  readonly long?: TokenPrice & { readonly over: number }
}

/** Prices by provider and model, `openai/gpt-5-mini`; a dated snapshot of a model costs what the model does. */
export type Prices = Readonly<Record<string, Price>>

/** Of requests that go through a provider's batch API; OpenAI and Anthropic agree. */
export const BATCH_DISCOUNT = 0.5

const MILLION = 1_000_000

/** @param provider its `name` @param model as the provider is asked for it */
export function priceOf(prices: Prices, provider: string, model: string): Price | undefined {
  const name = `${provider}/${model}`
  return prices[name] ?? prices[name.replace(/-(\d{8}|\d{4}-\d{2}-\d{2}|latest)$/, '')]
}

/** Dollars for what was billed. */
export function costOf(price: Price, usage: LlmUsage): number {
  const {
    input,
    output,
    cacheRead = input,
    cacheWrite = input,
  } = tier(price, usage.input + usage.cacheRead + usage.cacheWrite)
  const cost = usage.input * input + usage.output * output + usage.cacheRead * cacheRead + usage.cacheWrite * cacheWrite
  return cost / MILLION
}

/** The most that so many tokens can cost. */
export function mostCost(price: Price, inputTokens: number, outputTokens: number): number {
  const { input, output, cacheRead = input, cacheWrite = input } = tier(price, inputTokens)
  return (inputTokens * Math.max(input, cacheRead, cacheWrite) + outputTokens * output) / MILLION
}

function tier(price: Price, inputTokens: number): TokenPrice {
  return price.long !== undefined && inputTokens > price.long.over ? price.long : price
}
