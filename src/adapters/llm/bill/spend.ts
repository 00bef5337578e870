/** An amount of each thing that a budget can limit. */
export interface Spend {
  /** US dollars, by the price table. */
  readonly cost: number
  /** Input and output tokens together. */
  readonly tokens: number
  readonly requests: number
}

export const nothing: Spend = { cost: 0, tokens: 0, requests: 0 }

export function addSpend(a: Spend, b: Spend): Spend {
  return { cost: a.cost + b.cost, tokens: a.tokens + b.tokens, requests: a.requests + b.requests }
}

/** Sums of dollars are off by less than this. */
const ROUNDING = 1e-9

/** The first limit that a spend passes, in words; undefined when it keeps to all. */
export function passedLimit(spend: Spend, limits: Partial<Spend>): string | undefined {
  const { cost, tokens, requests } = limits
  if (cost !== undefined && spend.cost > cost + ROUNDING) return `${cost} dollars`
  if (tokens !== undefined && spend.tokens > tokens) return `${tokens} tokens`
  if (requests !== undefined && spend.requests > requests) return `${requests} requests`
  return undefined
}
