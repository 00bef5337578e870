import { setMaxListeners } from 'node:events'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { createRateLimiter, type RateLimits } from '../../../../src/adapters/llm/calls/rate-limiter.js'
import { createVirtualClock } from '../virtual-clock.js'

const unlimited = Number.MAX_SAFE_INTEGER
const open: RateLimits = { concurrency: unlimited, requestsPerMinute: unlimited, tokensPerMinute: unlimited }
const never = new AbortController().signal
setMaxListeners(0, never)

/** Sends calls of so many tokens and milliseconds; when each began, in milliseconds. */
async function run(limits: Partial<RateLimits>, calls: readonly { tokens: number; ms: number }[], total = 600_000) {
  const clock = createVirtualClock()
  const limiter = createRateLimiter({ ...open, ...limits }, clock)
  const start = clock.now()
  const begun: { at: number; until: number; tokens: number }[] = []
  const done = calls.map(async ({ tokens, ms }) => {
    const release = await limiter.acquire(tokens, never)
    const at = clock.now() - start
    begun.push({ at, until: at + ms, tokens })
    await clock.sleep(ms, never)
    release(tokens)
  })
  await clock.pass(total)
  await Promise.all(done)
  return begun
}

const call = { tokens: 100, ms: 1000 }

it('lets so many go at the same time, in order', async () => {
  const begun = await run({ concurrency: 2 }, [call, call, call, call, call])
  expect(begun.map(({ at }) => at)).toEqual([0, 0, 1000, 1000, 2000])
})

it('begins so many in a minute', async () => {
  const begun = await run({ requestsPerMinute: 2 }, [call, call, call, call, call])
  expect(begun.map(({ at }) => at)).toEqual([0, 0, 60_000, 60_000, 120_000])
})

it('begins calls of so many tokens in a minute, and one that has more goes alone', async () => {
  const begun = await run({ tokensPerMinute: 250 }, [call, call, call, { tokens: 1000, ms: 1 }, call])
  expect(begun.map(({ at }) => at)).toEqual([0, 0, 60_000, 120_000, 180_000])
})

it('counts what a call took, not what it was expected to take', async () => {
  const clock = createVirtualClock()
  const limiter = createRateLimiter({ ...open, tokensPerMinute: 1000 }, clock)
  ;(await limiter.acquire(1000, never))(10)
  await expect(limiter.acquire(900, never)).resolves.toBeTypeOf('function')
})

it('pauses for all, and goes on by itself', async () => {
  const clock = createVirtualClock()
  const limiter = createRateLimiter(open, clock)
  limiter.pause(5000)
  let gone = false
  void limiter.acquire(1, never).then(() => {
    gone = true
  })
  await clock.pass(4999)
  expect(gone).toBe(false)
  await clock.pass(1)
  expect(gone).toBe(true)
})

it('forgets those who leave the queue', async () => {
  const clock = createVirtualClock()
  const limiter = createRateLimiter({ ...open, concurrency: 1 }, clock)
  const release = await limiter.acquire(1, never)
  const leaver = new AbortController()
  const left = limiter.acquire(1, leaver.signal)
  const next = limiter.acquire(1, never)
  leaver.abort(new Error('gone'))
  await expect(left).rejects.toThrow('gone')
  release(1)
  await expect(next).resolves.toBeTypeOf('function')
})

it('never passes a limit, whatever the calls', async () => {
  const calls = fc.array(
    fc.record({ tokens: fc.integer({ min: 1, max: 300 }), ms: fc.integer({ min: 1, max: 90_000 }) }),
    {
      maxLength: 25,
    },
  )
  const limits = fc.record({
    concurrency: fc.integer({ min: 1, max: 5 }),
    requestsPerMinute: fc.integer({ min: 1, max: 10 }),
    tokensPerMinute: fc.integer({ min: 300, max: 1000 }),
  })
  await fc.assert(
    fc.asyncProperty(calls, limits, async (given, limit) => {
      const begun = await run(limit, given, 60_000_000)
      expect(begun).toHaveLength(given.length)
      for (const { at } of begun) {
        const window = begun.filter((other) => other.at >= at && other.at < at + 60_000)
        expect(window.length).toBeLessThanOrEqual(limit.requestsPerMinute)
        expect(window.reduce((sum, { tokens }) => sum + tokens, 0)).toBeLessThanOrEqual(limit.tokensPerMinute)
        expect(begun.filter((other) => other.at <= at && other.until > at).length).toBeLessThanOrEqual(
          limit.concurrency,
        )
      }
    }),
    { numRuns: 30 },
  )
})
