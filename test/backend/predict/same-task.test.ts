/** Tasks of lists that are asked for by several at the same time. */

import { describe, expect, it } from 'vitest'
import { post, predictBody, quietBackend, type TextItem, toneAdapter, toneOf } from '../harness.js'

/** An adapter that takes one item a call and answers when it is told to; `seen` are the texts that it was asked about. */
function heldAdapter() {
  const seen: string[] = []
  const signals: AbortSignal[] = []
  let asked = () => {}
  let answer = () => {}
  const begun = new Promise<void>((resolve) => {
    asked = resolve
  })
  const released = new Promise<void>((resolve) => {
    answer = resolve
  })
  const adapter = toneAdapter({
    batchSize: 1,
    async predict(items: readonly TextItem[], signal) {
      seen.push(...items.map(({ input }) => input.text))
      signals.push(signal)
      asked()
      await released
      return items.map(toneOf)
    },
  })
  return { adapter, seen, signals, begun, release: () => answer() }
}

/** More than are in hand at the same time. */
const texts = Array.from({ length: 10 }, (_, index) => `t${index}`)
const limits = { tasksInHand: 4 }
const turn = () => new Promise((resolve) => setImmediate(resolve))

describe('tasks of lists', () => {
  it('are computed once by lists that overlap, however few are in hand', async () => {
    const { adapter, seen, begun, release } = heldAdapter()
    const backend = quietBackend({ adapters: [adapter], limits: { ...limits, cacheSize: 0 } })
    const lists = [1, 2].map(() => post(backend, '/predict', predictBody(texts)))
    await begun
    await turn()
    release()
    const [first, second] = await Promise.all(lists)
    expect(seen).toEqual(texts)
    expect(first?.body).toMatchObject({ results: texts.map(() => ({ result: [{}] })) })
    expect(second?.body).toEqual(first?.body)
  })

  it('are computed once where a list holds the same again and again', async () => {
    const { adapter, seen, release } = heldAdapter()
    const backend = quietBackend({ adapters: [adapter], limits })
    release()
    await post(backend, '/predict', predictBody(texts.map(() => 'same')))
    expect(seen).toEqual(['same'])
  })

  it('are computed once by a list that is asked again after its deadline', async () => {
    const { adapter, seen, release } = heldAdapter()
    const backend = quietBackend({
      adapters: [adapter],
      limits: { ...limits, deadlineMs: 50 },
      onLate: () => undefined,
    })
    expect((await post(backend, '/predict', predictBody(texts))).body).toMatchObject({ results: texts.map(() => []) })
    expect((await post(backend, '/predict', predictBody(texts))).body).toMatchObject({ results: texts.map(() => []) })
    release()
    await backend.dispose(5000)
    expect(seen).toEqual(texts)
  })

  it('go on for whoever still waits, and stop when nobody does', async () => {
    const { adapter, seen, signals, begun, release } = heldAdapter()
    const backend = quietBackend({ adapters: [adapter], limits })
    const clients = [new AbortController(), new AbortController()]
    const [first, second] = clients.map(({ signal }) => post(backend, '/predict', predictBody(texts), { signal }))
    await begun
    await turn()
    clients[0]?.abort()
    await first
    expect(signals[0]?.aborted).toBe(false)
    clients[1]?.abort()
    await second
    expect(signals[0]?.aborted).toBe(true)
    const third = post(backend, '/predict', predictBody(texts))
    release()
    expect((await third).body).toMatchObject({ results: texts.map(() => ({ result: [{}] })) })
    expect(seen).toEqual(['t0', ...texts])
  })

  it('are not waited for by whoever opens one of them, and not computed again for the list', async () => {
    const { adapter, seen, begun, release } = heldAdapter()
    const backend = quietBackend({ adapters: [adapter], limits })
    const list = post(backend, '/predict', predictBody(texts))
    await begun
    const opened = post(backend, '/predict', predictBody(['t9']))
    await turn()
    release()
    expect((await opened).body).toMatchObject({ results: [{ result: [{}] }] })
    await list
    expect(seen).toEqual(['t0', 't9', ...texts.slice(1, -1)])
  })

  it('that fail for one fail for all who joined, and are computed again when they are next asked for', async () => {
    const fail = new Set(['t3'])
    const adapter = toneAdapter({
      batchSize: 1,
      async predict(items) {
        await turn()
        return items.map((item) => (fail.delete(item.input.text) ? new Error('once') : toneOf(item)))
      },
    })
    const backend = quietBackend({ adapters: [adapter], limits })
    const lists = await Promise.all([1, 2].map(() => post(backend, '/predict', predictBody(texts))))
    for (const { body } of lists) expect(body).toMatchObject({ errors: [{ index: 3, code: 'adapter-failed' }] })
    expect((await post(backend, '/predict', predictBody(texts))).body).not.toHaveProperty('errors')
  })
})
