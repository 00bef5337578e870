/** What becomes of predictions that are late when their tasks are asked for again, and when some are much later than others. */

import { afterEach, describe, expect, it, vi } from 'vitest'
import type { LatePrediction } from '../../../src/backend/index.js'
import { post, predictBody, quietBackend, TONE, toneAdapter, toneOf } from '../harness.js'

afterEach(() => void vi.useRealTimers())

/** A backend that is late with lists, and what it handed on; each text is answered when it is told to. */
async function lateBackend() {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  const releases = new Map<string, () => void>()
  const released = new Map<string, Promise<void>>()
  const hold = (text: string) => {
    const held = released.get(text) ?? new Promise<void>((resolve) => releases.set(text, resolve))
    released.set(text, held)
    return held
  }
  const adapter = toneAdapter({
    batchSize: 1,
    concurrency: 100,
    async predict(items) {
      for (const { input, context } of items) if (context === undefined || input.text === 'two') await hold(input.text)
      return items.map(toneOf)
    },
  })
  const handedOn: unknown[] = []
  const backend = quietBackend({
    adapters: [adapter],
    limits: { deadlineMs: 200 },
    onLate: (late: readonly LatePrediction[]) => void handedOn.push(...late.map(({ task }) => task.id)),
  })
  await backend.report(TONE)
  const release = async (...texts: string[]) => {
    for (const text of texts) void hold(text)
    for (const text of texts) releases.get(text)?.()
    for (let turns = 0; turns < 20; turns += 1) await new Promise((resolve) => setImmediate(resolve))
  }
  /** An answer that comes when the deadline passes. */
  const late = async (asked: ReturnType<typeof post>) => {
    await new Promise((resolve) => setImmediate(resolve))
    await vi.advanceTimersByTimeAsync(200)
    return asked
  }
  return { backend, handedOn, release, late }
}

const all = ['one', 'two', 'three']
const bodyOf = (texts: readonly string[], config?: string, context?: unknown) => {
  const { tasks, ...rest } = predictBody(all, config, context)
  const own = tasks.filter(({ data }) => texts.some((text) => text === data.text))
  return { ...rest, tasks: own.map((task) => ({ ...task, project: 1 })) }
}

describe('a late prediction', () => {
  it('is handed on though something was drawn on its task, or a request for it failed or was left', async () => {
    const { backend, handedOn, release, late } = await lateBackend()
    await late(post(backend, '/predict', bodyOf(all)))
    const drawn = { result: [{ to_name: 'message' }] }
    expect((await post(backend, '/predict', bodyOf(['one'], TONE, drawn))).body).not.toHaveProperty('errors')
    expect((await late(post(backend, '/predict', bodyOf(['two'], TONE, drawn)))).body).toHaveProperty('errors')
    expect((await post(backend, '/predict', bodyOf(['two'], '<View><broken'))).status).toBe(400)
    const client = new AbortController()
    const left = post(backend, '/predict', bodyOf(['three']), { signal: client.signal })
    await new Promise((resolve) => setImmediate(resolve))
    client.abort()
    await left
    await release(...all)
    expect(handedOn).toEqual([1, 2, 3])
  })

  it('is not handed on when it was ready and then asked for again and answered', async () => {
    const { backend, handedOn, release, late } = await lateBackend()
    await late(post(backend, '/predict', bodyOf(all)))
    await release('one', 'three')
    expect((await post(backend, '/predict', bodyOf(['one', 'three']))).body).toMatchObject({
      results: [{ result: [{}] }, { result: [{}] }],
    })
    await release('two')
    expect(handedOn).toEqual([2])
  })

  it('is handed on once when two requests are late with it', async () => {
    const { backend, handedOn, release, late } = await lateBackend()
    await late(post(backend, '/predict', bodyOf(all)))
    await late(post(backend, '/predict', bodyOf(all)))
    await release(...all)
    expect(handedOn).toEqual([1, 2, 3])
  })

  it('waits for a request that asks for it, and is left to that when it brings it', async () => {
    const { backend, handedOn, release, late } = await lateBackend()
    await late(post(backend, '/predict', bodyOf(all)))
    const again = post(backend, '/predict', bodyOf(['one', 'two']))
    await new Promise((resolve) => setImmediate(resolve))
    await release('one', 'three')
    expect(handedOn).toEqual([])
    // It is late with the second one.
    expect((await late(again)).body).toMatchObject({ results: [{ result: [{}] }, []] })
    await release('two')
    expect(handedOn.toSorted()).toEqual([2, 3])
  })

  it('waits for slower ones a few seconds, and no longer', async () => {
    const { backend, handedOn, release, late } = await lateBackend()
    await late(post(backend, '/predict', bodyOf(all)))
    await release('one', 'two')
    expect(handedOn).toEqual([])
    await vi.advanceTimersByTimeAsync(10_000)
    expect(handedOn).toEqual([1, 2])
    await release('three')
    expect(handedOn).toEqual([1, 2, 3])
  })
})
