/** Items that go alone: a call each, so that none waits for another. */

import { expect, it } from 'vitest'
import type { Outcome } from '../../src/adapters/adapter.js'
import { post, predictBody, quietBackend, type TextItem, TONE, toneAdapter, toneOf } from './harness.js'

it('get a call each, no more at once than the adapter takes', async () => {
  const calls: number[] = []
  let running = 0
  let most = 0
  const predict = async (items: readonly TextItem[]): Promise<Outcome[]> => {
    calls.push(items.length)
    most = Math.max(most, ++running)
    await new Promise((resolve) => setImmediate(resolve))
    running--
    return items.map(toneOf)
  }
  const texts = ['happy a', 'happy b', 'happy c', 'happy d', 'happy e']
  for (const alone of [[], ['Text']]) {
    calls.length = most = 0
    const backend = quietBackend({ config: TONE, adapters: [toneAdapter({ alone, concurrency: 2, predict })] })
    await post(backend, '/predict', predictBody(texts))
    expect(calls).toEqual(alone.length === 0 ? [5] : [1, 1, 1, 1, 1])
    expect(most).toBe(alone.length === 0 ? 1 : 2)
    await backend.dispose()
  }
})

it('are given up alone when they take too long', async () => {
  const predict = (items: readonly TextItem[], signal: AbortSignal) =>
    items.some(({ input }) => input.text === 'endless')
      ? new Promise<Outcome[]>((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)))
      : items.map(toneOf)
  const adapters = [toneAdapter({ alone: ['Text'], predict })]
  const backend = quietBackend({ config: TONE, adapters, limits: { aloneMs: 50 } })
  const { body } = await post(backend, '/predict', predictBody(['happy', 'endless', 'sad']))
  expect(body).toMatchObject({
    results: [
      { result: [{ value: { choices: ['Positive'] } }] },
      [],
      { result: [{ value: { choices: ['Negative'] } }] },
    ],
    errors: [{ code: 'adapter-timeout', hint: 'Raise `limits.aloneMs`.' }],
  })
  await backend.dispose()
})
