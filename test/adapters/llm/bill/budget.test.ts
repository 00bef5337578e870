import { appendFile, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createBudget } from '../../../../src/adapters/llm/bill/budget.js'
import { fileSpendLog } from '../../../../src/adapters/llm/index.js'
import { createVirtualClock } from '../virtual-clock.js'

const spend = (cost: number) => ({ cost, tokens: 100 * cost, requests: 1 })

describe.each([
  ['cost', { cost: 10 }, '10 dollars'],
  ['tokens', { tokens: 1000 }, '1000 tokens'],
  ['requests', { requests: 2 }, '2 requests'],
])('a limit on %s', (_, limit, words) => {
  it('lets through what fits and refuses the rest', async () => {
    const budget = createBudget({ run: limit }, createVirtualClock(), undefined)
    await (await budget.reserve(spend(5))).settle(spend(5))
    await (await budget.reserve(spend(5))).settle(spend(5))
    await expect(budget.reserve(spend(1))).rejects.toMatchObject({
      code: 'llm-budget',
      message: expect.stringContaining(words),
    })
  })
})

it('waits for calls under way before it refuses', async () => {
  const budget = createBudget({ run: { cost: 10 } }, createVirtualClock(), undefined)
  const first = await budget.reserve(spend(8))
  const second = budget.reserve(spend(8))
  await first.settle(spend(1))
  await (await second).settle(spend(8))
  await expect(budget.reserve(spend(2))).rejects.toThrow('10 dollars for this run')
  expect(budget.spent().run.cost).toBe(9)
})

it('is never passed, whatever comes when', async () => {
  const calls = fc.array(
    fc.record({ most: fc.integer({ min: 1, max: 20 }), share: fc.double({ min: 0, max: 1, noNaN: true }) }),
  )
  await fc.assert(
    fc.asyncProperty(calls, async (given) => {
      const budget = createBudget({ run: { cost: 50 } }, createVirtualClock(), undefined)
      await Promise.allSettled(
        given.map(async ({ most, share }) => {
          const reservation = await budget.reserve(spend(most))
          await new Promise((resolve) => setImmediate(resolve))
          await reservation.settle(spend(most * share))
        }),
      )
      expect(budget.spent().run.cost).toBeLessThanOrEqual(50 + 1e-9)
    }),
    { numRuns: 50 },
  )
})

it('begins anew each day, by UTC', async () => {
  const clock = createVirtualClock()
  const budget = createBudget({ day: { cost: 10 } }, clock, undefined)
  await (await budget.reserve(spend(10))).settle(spend(10))
  await expect(budget.reserve(spend(1))).rejects.toThrow('10 dollars for 2026-11-22')
  await clock.pass(24 * 3_600_000)
  await (await budget.reserve(spend(1))).settle(spend(1))
  expect(budget.spent().day.cost).toBe(1)
})

it('keeps count of a day across restarts, also past a line that a crash cut off', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'prelabel-spend-'))
  const file = join(folder, 'deep', 'spend.jsonl')
  try {
    const start = () => createBudget({ day: { cost: 10 } }, createVirtualClock(), fileSpendLog(file))
    const before = start()
    const both = await Promise.all([before.reserve(spend(5)), before.reserve(spend(4))])
    await Promise.all(both.map((reservation, index) => reservation.settle(spend(index === 0 ? 5 : 4))))
    await appendFile(file, '{"date":"2026-11-22","cost":3')
    const after = start()
    await expect(after.reserve(spend(2))).rejects.toMatchObject({ kind: 'budget' })
    await expect(after.reserve(spend(1))).resolves.toBeDefined()
    expect(after.spent()).toMatchObject({ run: { cost: 0 }, day: { cost: 9, requests: 2 } })
  } finally {
    await rm(folder, { recursive: true })
  }
})
