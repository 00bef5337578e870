/** What becomes of models when a backend is shut down. */

import { afterEach, describe, expect, it, vi } from 'vitest'
import { post, predictBody, quietBackend, recordingLogger, TONE, toneAdapter } from './harness.js'

afterEach(() => void vi.useRealTimers())

/** An adapter whose model loads until it is told otherwise. */
function loading() {
  let end = () => {}
  let begin = () => {}
  const begun = new Promise<void>((resolve) => {
    begin = resolve
  })
  const load = () => {
    begin()
    return new Promise<void>((resolve) => {
      end = resolve
    })
  }
  const dispose = vi.fn()
  return { adapter: toneAdapter({ load, dispose }), begun, dispose, end: () => end() }
}

it('a model that does not come in time fails who waits for it, and is freed when it comes after all', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  const ends: ((model: string) => void)[] = []
  const freed: unknown[] = []
  const adapter = {
    ...toneAdapter(),
    load: () => new Promise<string>((resolve) => void ends.push(resolve)),
    dispose: (model: unknown) => void freed.push(model),
  }
  const limits = { loadMs: 20, queuedInteractive: 1, deadlineMs: 5 }
  const backend = quietBackend({ config: TONE, adapters: [adapter], limits })
  const asked = () => post(backend, '/predict', predictBody(['happy']))
  /** Answered when its deadline passes, which is after its load has begun. */
  const late = async (loads: number) => {
    const answer = asked()
    while (ends.length < loads) await new Promise((resolve) => setImmediate(resolve))
    await vi.advanceTimersByTimeAsync(5)
    return answer
  }
  await late(1)
  expect((await asked()).status).toBe(503)
  const loaded = expect(backend.load()).rejects.toMatchObject({
    code: 'adapter-load-failed',
    message: 'the model of the adapter tone could not be loaded: it was not there within 20 ms',
    hint: expect.stringContaining('limits.loadMs'),
    cause: { code: 'adapter-load-timeout' },
  })
  await vi.advanceTimersByTimeAsync(15)
  await loaded
  // The place of the request is free again, and another load begins.
  expect((await late(2)).status).toBe(200)
  ends[1]?.('second')
  await backend.load()
  vi.useRealTimers()
  ends[0]?.('first')
  await expect.poll(() => freed).toEqual(['first'])
  await backend.dispose()
  expect(freed).toEqual(['first', 'second'])
})

it.each(['inspect', 'inspectControl'])(
  'a model that is not inspected in time holds no place for good: %s',
  async (name) => {
    let asked = 0
    const adapter = {
      ...toneAdapter(),
      [name]: () => {
        asked += 1
        return asked === 1 ? new Promise<never>(() => undefined) : {}
      },
    }
    const limits = { loadMs: 20, queuedInteractive: 1, deadlineMs: 5 }
    const backend = quietBackend({ config: TONE, adapters: [adapter], limits })
    await post(backend, '/predict', predictBody(['happy']))
    const again = async () => (await post(backend, '/predict', predictBody(['happy']))).body
    await expect.poll(again).toMatchObject({ results: [{ result: [{}] }] })
  },
)

describe('a model that is loading when the backend shuts down', () => {
  it('is freed as soon as it is there', async () => {
    const { adapter, dispose, end } = loading()
    const backend = quietBackend({ adapters: [adapter] })
    await post(backend, '/setup', { project: '1.1', schema: TONE })
    const disposed = backend.dispose()
    end()
    await disposed
    expect(dispose).toHaveBeenCalledOnce()
    await backend.dispose()
    expect(dispose).toHaveBeenCalledOnce()
  })

  it('is not waited for by its tasks, nor for long, and freed all the same', async () => {
    const { logger, entries } = recordingLogger()
    const { adapter, begun, dispose, end } = loading()
    const backend = quietBackend({ logger, adapters: [adapter] })
    const asked = post(backend, '/predict', predictBody(['happy']))
    await begun
    vi.useFakeTimers()
    const disposed = backend.dispose()
    await vi.advanceTimersByTimeAsync(60_000)
    await disposed
    expect((await asked).body).toMatchObject({ results: [[]], errors: [{ code: 'shutting-down' }] })
    expect(entries).toContainEqual(expect.objectContaining({ level: 'warn', fields: { adapters: ['tone'], ms: 2000 } }))
    expect(dispose).not.toHaveBeenCalled()
    vi.useRealTimers()
    end()
    await expect.poll(() => dispose).toHaveBeenCalledOnce()
  })
})
