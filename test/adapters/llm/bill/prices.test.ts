import { expect, it } from 'vitest'
import { costOf, mostCost, priceOf } from '../../../../src/adapters/llm/bill/prices.js'
import { defaultPrices } from '../../../../src/adapters/llm/index.js'

const usage = { input: 0, output: 0, cacheRead: 0, cacheWrite: 0 }
const price = { input: 1, output: 10, cacheRead: 0.1, cacheWrite: 1.25, long: { over: 1000, input: 2, output: 20 } }

it('multiplies tokens by their prices for a million', () => {
  expect(costOf(price, { input: 100, output: 10, cacheRead: 200, cacheWrite: 40 })).toBeCloseTo(
    (100 + 100 + 20 + 50) / 1e6,
    15,
  )
  expect(costOf({ input: 1, output: 10 }, { ...usage, cacheRead: 100, cacheWrite: 100 })).toBeCloseTo(200 / 1e6, 15)
})

it('takes the dearer price for a long input, its cached part included', () => {
  expect(costOf(price, { ...usage, input: 500, cacheRead: 500 })).toBeCloseTo(550 / 1e6, 15)
  expect(costOf(price, { ...usage, input: 501, cacheRead: 500, output: 1 })).toBeCloseTo((1002 + 1000 + 20) / 1e6, 15)
})

it('bounds what a request can cost, also when all of it is written to the cache', () => {
  expect(mostCost(price, 1000, 10)).toBeCloseTo((1250 + 100) / 1e6, 15)
})

it('finds the price of a dated snapshot, and none by likeness', () => {
  const find = (model: string) => priceOf(defaultPrices, 'openai', model)
  expect(find('gpt-5-mini-2025-08-07')).toBe(defaultPrices['openai/gpt-5-mini'])
  expect(priceOf(defaultPrices, 'anthropic', 'claude-haiku-4-5-20251001')).toBe(
    defaultPrices['anthropic/claude-haiku-4-5'],
  )
  expect(find('gpt-5-mini-turbo')).toBeUndefined()
  expect(priceOf(defaultPrices, 'azure', 'gpt-5-mini')).toBeUndefined()
})
