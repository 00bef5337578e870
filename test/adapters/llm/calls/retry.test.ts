import { expect, it } from 'vitest'
import { withRetries } from '../../../../src/adapters/llm/calls/retry.js'
import { LlmError, type LlmErrorDetails } from '../../../../src/adapters/llm/index.js'
import { readRetryAfter } from '../../../../src/adapters/llm/providers/to-llm-error.js'
import { createVirtualClock } from '../virtual-clock.js'

/** Runs a call that fails with these errors in turn and then succeeds. */
async function run(failures: readonly LlmErrorDetails[], chance = 1, retries = 5) {
  const clock = createVirtualClock(chance)
  const start = clock.now()
  const left = [...failures]
  const calls: number[] = []
  const waits: number[] = []
  const result = withRetries(
    async () => {
      calls.push(clock.now() - start)
      const failure = left.shift()
      if (failure !== undefined) throw new LlmError('failed', failure)
      return 'done'
    },
    { retries, maxWait: 60_000 },
    clock,
    new AbortController().signal,
    (_, wait) => waits.push(wait),
  ).catch((error: unknown) => error)
  await clock.pass(3_600_000)
  return { result: await result, calls, waits }
}

const busy: LlmErrorDetails = { kind: 'rate-limit', retryable: true }
const later = (retryAfter: number): LlmErrorDetails => ({ ...busy, retryAfter })

it('doubles its waits', async () => {
  const { result, waits } = await run([busy, busy, busy, busy])
  expect(result).toBe('done')
  expect(waits).toEqual([500, 1000, 2000, 4000])
})

it('draws each wait by chance below that', async () => {
  expect((await run([busy, busy], 0.1)).waits).toEqual([50, 100])
})

it('waits at least as long as the provider asks', async () => {
  expect((await run([later(7000), later(100)])).calls).toEqual([0, 7000, 8000])
})

it('does not wait for a provider that asks for too long', async () => {
  const { result, calls } = await run([later(60_001)])
  expect(result).toMatchObject({ kind: 'rate-limit' })
  expect(calls).toHaveLength(1)
})

it('gives up after so many times, and at once on what cannot pass', async () => {
  expect((await run([busy, busy, busy], 1, 2)).result).toMatchObject({ kind: 'rate-limit' })
  expect((await run([{ kind: 'refusal' }])).calls).toEqual([0])
})

it.each([
  [{ 'retry-after': '2' }, 2000],
  [{ 'retry-after': '0.5' }, 500],
  [{ 'retry-after-ms': '120', 'retry-after': '2' }, 120],
  [{ 'retry-after': 'Sun, 22 Nov 2026 00:00:30 GMT' }, 30_000],
  [{ 'retry-after': 'Sat, 21 Nov 2026 00:00:00 GMT' }, 0],
  [{ 'retry-after': 'soon' }, undefined],
  [{}, undefined],
])('reads %j as %s milliseconds', (headers, expected) => {
  expect(readRetryAfter(new Headers(Object.entries(headers)), Date.UTC(2026, 10, 22))).toBe(expected)
})
