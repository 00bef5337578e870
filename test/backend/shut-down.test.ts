/** What shutting down waits for, for how long, and what it does not begin any more. */

import { afterEach, describe, expect, it, vi } from 'vitest'
import type { Adapter } from '../../src/adapters/adapter.js'
import { get, post, predictBody, quietBackend, recordingLogger, TONE, toneAdapter, toneOf } from './harness.js'

afterEach(() => void vi.useRealTimers())

const never = () => new Promise<never>(() => undefined)

/** A call that the test waits for. */
function begun() {
  let begin = () => {}
  const promise = new Promise<void>((resolve) => {
    begin = resolve
  })
  return { promise, begin: () => begin() }
}

const tasksOf = (count: number) => predictBody(Array.from({ length: count }, (_, index) => `happy ${index}`)).tasks

describe('shutting down ends in time, and tells whom it left behind,', () => {
  it.each<[string, (begin: () => void) => Partial<Adapter>]>([
    [
      'when a call hangs and heeds no signal',
      (begin) => ({
        predict() {
          begin()
          return never()
        },
      }),
    ],
    [
      'when a model hangs while it loads',
      (begin) => ({
        load() {
          begin()
          return never()
        },
      }),
    ],
    [
      'when a model cannot be freed',
      (begin) => ({
        dispose: never,
        async predict(items) {
          begin()
          return items.map(() => [])
        },
      }),
    ],
  ])('%s', async (_, slow) => {
    const { promise, begin } = begun()
    const { logger, entries } = recordingLogger()
    const quick = toneAdapter({ name: 'quick', controls: ['tone'] })
    const backend = quietBackend({
      logger,
      adapters: [quick, { ...toneAdapter({ controls: ['more'] }), ...slow(begin) }],
    })
    const config = TONE.replace('</View>', '<Choices name="more" toName="message"><Choice value="A"/></Choices></View>')
    const asked = post(backend, '/predict', predictBody(['happy'], config))
    await promise
    await Promise.race([asked, new Promise((resolve) => setImmediate(resolve))])
    vi.useFakeTimers()
    const disposed = vi.fn()
    void backend.dispose(100).then(disposed)
    await vi.advanceTimersByTimeAsync(100 + 2000)
    expect(disposed).toHaveBeenCalledOnce()
    expect(entries).toContainEqual({
      level: 'warn',
      message: 'shutting down: what still hangs is left behind',
      fields: { adapters: ['tone'], ms: 2000 },
    })
    expect((await asked).status).toBe(200)
  })
})

describe('what the process itself asks', () => {
  /** Holds each call until it is released. */
  function heldAdapter() {
    const { promise, begin } = begun()
    let release = () => {}
    const released = new Promise<void>((resolve) => {
      release = resolve
    })
    const adapter = toneAdapter({
      batchSize: 1,
      async predict(items) {
        begin()
        if (items.some(({ input }) => !input.text.endsWith(' 0'))) await released
        return items.map(toneOf)
      },
    })
    return { adapter, called: promise, release: () => release() }
  }

  it('is waited for like requests', async () => {
    const { adapter, called, release } = heldAdapter()
    const backend = quietBackend({ config: TONE, adapters: [adapter] })
    const answers = backend.predict(tasksOf(20))
    await called
    const disposed = backend.dispose(60_000)
    release()
    expect((await answers).map(({ prediction }) => prediction?.result.length)).toEqual(new Array(20).fill(1))
    await disposed
  })

  it('is answered with what is done when the time is over', async () => {
    const { adapter, called, release } = heldAdapter()
    const backend = quietBackend({ config: TONE, adapters: [adapter] })
    const answers = backend.predict(tasksOf(3))
    await called
    const disposed = backend.dispose(50)
    expect(await answers).toMatchObject([
      { prediction: { result: [{}] } },
      { error: { code: 'shutting-down' } },
      { error: { code: 'shutting-down' } },
    ])
    release()
    await disposed
  })

  it.each(['plan', 'runBatch'] as const)('is told to end when the time is over: %s', async (name) => {
    const { promise, begin } = begun()
    const told = (signal: AbortSignal) => {
      begin()
      return new Promise<never>((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)))
    }
    const adapter: Adapter = {
      ...toneAdapter(),
      [name]: (_: unknown, { signal }: { signal: AbortSignal }) => told(signal),
    }
    const backend = quietBackend({ config: TONE, adapters: [adapter] })
    const stateOf = () => ({ read: async () => undefined, write: async () => undefined })
    const asked = name === 'plan' ? backend.plan(tasksOf(1)) : backend.runBatch(tasksOf(1), { stateOf })
    const ended = expect(asked).rejects.toMatchObject({ code: 'shutting-down' })
    await promise
    await backend.dispose(10)
    await ended
  })

  it('is refused from then on', async () => {
    const backend = quietBackend({ config: TONE })
    await backend.dispose()
    const stateOf = () => ({ read: async () => undefined, write: async () => undefined })
    for (const asked of [backend.predict([]), backend.plan([]), backend.runBatch([], { stateOf }), backend.load()])
      await expect(asked).rejects.toMatchObject({ code: 'shutting-down' })
  })
})

it('a backend that was shut down loads no model any more, which nobody would free', async () => {
  const load = vi.fn()
  const backend = quietBackend({ adapters: [toneAdapter({ load })] })
  await backend.dispose()
  expect(await post(backend, '/setup', { project: '1.1', schema: TONE })).toMatchObject({
    status: 503,
    body: { error: { code: 'shutting-down' } },
  })
  expect((await get(backend, '/ready')).status).toBe(503)
  expect(load).not.toHaveBeenCalled()
})
