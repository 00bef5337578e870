import type { Price, Prices, TokenPrice } from './prices.js'

/** When the table was read from developers.openai.com/api/docs/pricing and platform.claude.com/docs/en/about-claude/pricing. */
export const PRICES_AS_OF = '2026-11-22'

/** Anthropic writes to its prompt cache (five minutes) at 1.25 times the input price and reads at a tenth, or less where given. */
function claude(input: number, output: number, cacheRead = input / 10): TokenPrice {
  return { input, output, cacheRead, cacheWrite: input * 1.25 }
}

/** OpenAI's newer models: cache writes at 1.25 times the input price; beyond 272,000 input tokens twice the input, 1.5 times the output price. */
function gpt(input: number, output: number, cacheRead = input / 10): Price {
  const price = { input, output, cacheRead, cacheWrite: input * 1.25 }
  return {
    ...price,
    long: { over: 272_000, input: input * 2, output: output * 1.5, cacheRead: cacheRead * 2, cacheWrite: input * 2.5 },
  }
}

/** List prices of models that can label. Prices change: pass `prices` where it matters. */
export const defaultPrices: Prices = {
  'anthropic/claude-fable-5-1': claude(10, 50, 0.25),
  'anthropic/claude-fable-5': claude(10, 50),
  'anthropic/claude-opus-5-5': claude(4, 20, 0.2),
  'anthropic/claude-opus-5': claude(5, 25),
  'anthropic/claude-opus-4-8': claude(5, 25),
  'anthropic/claude-opus-4-7': claude(5, 25),
  'anthropic/claude-opus-4-6': claude(5, 25),
  'anthropic/claude-opus-4-5': claude(5, 25),
  'anthropic/claude-sonnet-5-5': claude(2, 10, 0.1),
  'anthropic/claude-sonnet-5': claude(2, 10),
  'anthropic/claude-sonnet-4-6': claude(3, 15),
  'anthropic/claude-sonnet-4-5': claude(3, 15),
  'anthropic/claude-haiku-5-5': { ...claude(0.1, 0.5), long: { over: 100_000, ...claude(0.5, 2.5) } },
  'anthropic/claude-haiku-4-5': claude(1, 5),

  'openai/gpt-6.1-sol': gpt(2, 10, 0.1),
  'openai/gpt-6.1-terra': gpt(1, 5, 0.05),
  'openai/gpt-6-astra': gpt(10, 50),
  'openai/gpt-6-sol': gpt(2, 10),
  'openai/gpt-6-luna': gpt(0.1, 0.5),
  'openai/gpt-5.6-sol': gpt(4, 20),
  'openai/gpt-5.6-terra': gpt(2, 12),
  'openai/gpt-5.6-luna': gpt(0.2, 1.2),
  'openai/gpt-5.4': gpt(2.5, 15),
  'openai/gpt-5.4-mini': gpt(0.75, 4.5),
  'openai/gpt-5': { input: 1.25, output: 10, cacheRead: 0.125 },
  'openai/gpt-5-mini': { input: 0.25, output: 2, cacheRead: 0.025 },
  'openai/gpt-5-nano': { input: 0.05, output: 0.4, cacheRead: 0.005 },
  'openai/gpt-4.1': { input: 2, output: 8, cacheRead: 0.5 },
  'openai/gpt-4.1-mini': { input: 0.4, output: 1.6, cacheRead: 0.1 },
  'openai/gpt-4.1-nano': { input: 0.1, output: 0.4, cacheRead: 0.025 },
  'openai/gpt-4o': { input: 2.5, output: 10, cacheRead: 1.25 },
  'openai/gpt-4o-mini': { input: 0.15, output: 0.6, cacheRead: 0.075 },
}
