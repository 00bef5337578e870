/** What the backend promises under load: bounds, deadlines, people before lists, one run for the same task. */

import { afterEach, describe, expect, it, vi } from 'vitest'
import type { ModelInfo } from '../../src/adapters/adapter.js'
import type { LatePrediction } from '../../src/backend/index.js'
import {
  get,
  post,
  predictBody,
  quietBackend,
  recordingLogger,
  type TextItem,
  TONE,
  toneAdapter,
  toneOf,
} from './harness.js'

afterEach(() => void vi.useRealTimers())

/** An adapter whose calls end when they are told to; `seen` are the texts of each call. */
function heldAdapter(options: { readonly batchSize?: number; readonly hold?: (text: string) => boolean } = {}) {
  const { batchSize = 1, hold = () => true } = options
  const seen: string[][] = []
  const signals: AbortSignal[] = []
  const held: (() => void)[] = []
  const changed = new EventTarget()
  const adapter = toneAdapter({
    batchSize,
    async predict(items: readonly TextItem[], signal) {
      seen.push(items.map(({ input }) => input.text))
      signals.push(signal)
      changed.dispatchEvent(new Event('call'))
      if (items.some(({ input }) => hold(input.text))) await new Promise<void>((resolve) => held.push(resolve))
      return items.map(toneOf)
    },
  })
  const calls = async (count: number) => {
    while (seen.length < count)
      await new Promise((resolve) => changed.addEventListener('call', resolve, { once: true }))
  }
  const release = () => {
    for (const resolve of held.splice(0)) resolve()
  }
  return { adapter, seen, signals, calls, release }
}

const waitFor = async (condition: () => boolean) => {
  while (!condition()) await new Promise((resolve) => setImmediate(resolve))
}

describe('the deadline', () => {
  it('answers what is done, finishes the rest, and hands it on', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    const { adapter, calls, release } = heldAdapter({ hold: (text) => text !== 'happy' })
    const late: LatePrediction[] = []
    const backend = quietBackend({
      adapters: [adapter],
      limits: { deadlineMs: 300 },
      onLate: (some) => void late.push(...some),
    })
    const asked = post(backend, '/predict', predictBody(['happy', 'slow', 'slower']))
    await calls(2)
    await vi.advanceTimersByTimeAsync(300)
    const { body } = await asked
    expect(body).toMatchObject({
      results: [{ result: [{ value: { choices: ['Positive'] } }] }, [], []],
      errors: [
        { index: 1, code: 'deadline-passed' },
        { index: 2, code: 'deadline-passed' },
      ],
    })
    release()
    await waitFor(() => {
      release()
      return late.length > 0
    })
    expect(late).toMatchObject(
      [2, 3].map((id) => ({ task: { id }, prediction: { result: [{ value: { choices: ['Negative'] } }] } })),
    )
  })

  it('does not hand on what was asked for again, so that it is stored once', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    const { adapter, calls, release } = heldAdapter()
    const late: LatePrediction[] = []
    const backend = quietBackend({
      adapters: [adapter],
      limits: { deadlineMs: 300 },
      onLate: (some) => void late.push(...some),
    })
    const { tasks, ...others } = predictBody(['one', 'two'])
    const body = { ...others, tasks: tasks.map((task) => ({ ...task, project: 1 })) }
    const asked = post(backend, '/predict', body)
    await calls(1)
    await vi.advanceTimersByTimeAsync(300)
    await asked
    const again = post(backend, '/predict', { ...body, tasks: body.tasks.slice(0, 1) })
    await waitFor(() => {
      release()
      return late.length > 0
    })
    expect((await again).body).toMatchObject({ results: [{ result: [{}] }] })
    expect(late).toMatchObject([{ task: { id: 2 } }])
  })

  it('hands on nothing of an interactive request', async () => {
    const { adapter, calls, release } = heldAdapter()
    const onLate = vi.fn()
    const backend = quietBackend({ adapters: [adapter], limits: { deadlineMs: 10 }, onLate })
    const context = { result: [{ to_name: 'message' }] }
    expect((await post(backend, '/predict', predictBody(['one'], TONE, context))).body).toMatchObject({
      results: [{ result: [] }],
      errors: [{ code: 'deadline-passed' }],
    })
    await calls(1)
    release()
    await backend.dispose(1000)
    expect(onLate).not.toHaveBeenCalled()
  })

  it('outlives a hook that fails', async () => {
    const { adapter, release, calls } = heldAdapter()
    const backend = quietBackend({
      adapters: [adapter],
      limits: { deadlineMs: 10 },
      onLate: () => {
        throw new Error('down')
      },
    })
    expect((await post(backend, '/predict', predictBody(['one']))).body).toMatchObject({ results: [[]] })
    await calls(1)
    release()
    await backend.dispose(1000)
    expect((await get(backend, '/metrics')).body).toContain('prelabel_late_tasks_total{outcome="predicted"} 1')
  })

  it('counts from the request on: a project that opens slowly is answered and finished like the rest', async () => {
    let inspected = () => {}
    const inspecting = new Promise<void>((resolve) => {
      inspected = resolve
    })
    const adapter = { ...toneAdapter(), inspect: () => inspecting.then(() => ({})) }
    let handOn = (_: readonly LatePrediction[]) => {}
    const late = new Promise<readonly LatePrediction[]>((resolve) => {
      handOn = resolve
    })
    const backend = quietBackend({ adapters: [adapter], limits: { deadlineMs: 10 }, onLate: (some) => handOn(some) })
    expect(await post(backend, '/predict', predictBody(['happy', 'sad']))).toMatchObject({
      status: 200,
      body: { results: [[], []], errors: [{ code: 'deadline-passed' }, { code: 'deadline-passed' }] },
    })
    inspected()
    expect(await late).toMatchObject([{ task: { id: 1 } }, { task: { id: 2 } }])
  })

  it('that passes before the project fails to open costs a log entry', async () => {
    let inspected = (_: ModelInfo) => {}
    const inspecting = new Promise<ModelInfo>((resolve) => {
      inspected = resolve
    })
    const { logger, entries } = recordingLogger()
    const backend = quietBackend({
      logger,
      adapters: [{ ...toneAdapter(), inspect: () => inspecting }],
      limits: { deadlineMs: 10 },
    })
    expect((await post(backend, '/predict', predictBody(['happy']))).body).toMatchObject({ results: [[]] })
    inspected({
      get classes(): never {
        throw new Error('no such model')
      },
    })
    await backend.dispose(1000)
    expect(entries).toContainEqual(expect.objectContaining({ level: 'error', message: 'project not opened' }))
  })

  it('that is longer than Label Studio waits is warned of once', () => {
    const { logger, entries } = recordingLogger()
    quietBackend({ logger, limits: { deadlineMs: 95_000 } })
    expect(entries).toEqual([])
    quietBackend({ logger, limits: { deadlineMs: 120_000 } })
    expect(entries).toMatchObject([{ level: 'warn', fields: { deadlineMs: 120_000 } }])
  })
})

describe('the queue', () => {
  it('refuses what goes beyond it with 503, but takes one request of any size', async () => {
    const { adapter, calls, release } = heldAdapter()
    const backend = quietBackend({ adapters: [adapter], limits: { queuedTasks: 2 } })
    const first = post(backend, '/predict', predictBody(['a', 'b', 'c']))
    await calls(1)
    const refused = await post(backend, '/predict', predictBody(['d', 'e']))
    expect(refused).toMatchObject({ status: 503, body: { error: { code: 'queue-full' } } })
    expect(refused.headers.get('retry-after')).toBe('5')
    expect((await get(backend, '/metrics')).body).toContain('prelabel_queue_tasks{priority="bulk"} 3')
    const timer = setInterval(release, 1)
    await first
    expect((await post(backend, '/predict', predictBody(['d', 'e']))).status).toBe(200)
    clearInterval(timer)
  })

  it('lets people in while a list fills it', async () => {
    const { adapter, calls, seen, release } = heldAdapter()
    const backend = quietBackend({ adapters: [adapter], limits: { queuedTasks: 1 } })
    const list = post(backend, '/predict', predictBody(['a', 'b', 'c']))
    await calls(1)
    const single = post(backend, '/predict', predictBody(['opened']))
    const timer = setInterval(release, 1)
    expect((await single).status).toBe(200)
    await list
    clearInterval(timer)
    expect(seen.map(([text]) => text)).toEqual(['a', 'opened', 'b', 'c'])
  })
})

describe('the same task', () => {
  it('is computed once by requests that overlap, and then comes from the cache', async () => {
    const { adapter, seen, calls, release } = heldAdapter()
    const backend = quietBackend({ adapters: [adapter] })
    const first = post(backend, '/predict', predictBody(['happy']))
    await calls(1)
    const second = post(backend, '/predict', predictBody(['happy']))
    await new Promise((resolve) => setImmediate(resolve))
    release()
    expect((await first).body).toEqual((await second).body)
    expect((await post(backend, '/predict', predictBody(['happy']))).body).toEqual((await first).body)
    expect(seen).toEqual([['happy']])
    expect((await get(backend, '/metrics')).body).toContain('prelabel_tasks_total{outcome="cached"} 1')
  })

  it('is computed again for another config, in interactive use, after a failure, or without a cache', async () => {
    let calls = 0
    const adapter = toneAdapter({
      predict: (items) => {
        calls += 1
        return calls === 5 ? items.map(() => new Error('once')) : items.map(toneOf)
      },
    })
    const backend = quietBackend({ adapters: [adapter] })
    const ask = (text: string, config = TONE, context: unknown = null) =>
      post(backend, '/predict', predictBody([text], config, context))
    await ask('happy')
    await ask('happy', TONE.replace('Negative', 'Neutral'))
    expect(calls).toBe(2)
    const context = { result: [{ to_name: 'message' }] }
    await ask('happy', TONE, context)
    await ask('happy', TONE, context)
    expect(calls).toBe(4)
    expect((await ask('other')).body).toMatchObject({ results: [[]] })
    expect((await ask('other')).body).toMatchObject({ results: [{ result: [{}] }] })
    expect(calls).toBe(6)
    const uncached = quietBackend({ adapters: [adapter], limits: { cacheSize: 0 } })
    await post(uncached, '/predict', predictBody(['happy']))
    await post(uncached, '/predict', predictBody(['happy']))
    expect(calls).toBe(8)
  })
})

describe('a client that goes', () => {
  it('stops what only it waited for, and nothing else', async () => {
    const { adapter, seen, signals, calls, release } = heldAdapter()
    const backend = quietBackend({ adapters: [adapter] })
    const client = new AbortController()
    const gone = post(backend, '/predict', predictBody(['a', 'b']), { signal: client.signal })
    await calls(1)
    const stays = post(backend, '/predict', predictBody(['c', 'd']))
    client.abort()
    await gone
    expect(signals[0]?.aborted).toBe(true)
    const timer = setInterval(release, 1)
    expect((await stays).body).toMatchObject({ results: [{ result: [{}] }, { result: [{}] }] })
    clearInterval(timer)
    expect(seen).toEqual([['a'], ['c'], ['d']])
  })
})

describe('batches', () => {
  it('are made of the tasks of several requests', async () => {
    const { adapter, seen, calls, release } = heldAdapter({ batchSize: 4 })
    const backend = quietBackend({ adapters: [adapter] })
    const requests = [
      ['a', 'b'],
      ['c', 'd'],
    ].map((some) => post(backend, '/predict', predictBody(some)))
    await calls(1)
    release()
    await Promise.all(requests)
    expect(seen).toEqual([['a', 'b', 'c', 'd']])
  })

  it('hold no more tasks of a list than are allowed in hand', async () => {
    let most = 0
    let inHand = 0
    const adapter = toneAdapter({
      batchSize: 1,
      concurrency: 10,
      async predict(items) {
        inHand += 1
        most = Math.max(most, inHand)
        await new Promise((resolve) => setImmediate(resolve))
        inHand -= 1
        return items.map(toneOf)
      },
    })
    const backend = quietBackend({ adapters: [adapter], limits: { tasksInHand: 3 } })
    const { body } = await post(backend, '/predict', predictBody(Array.from({ length: 20 }, (_, index) => `t${index}`)))
    expect((body as { results: unknown[] }).results).toHaveLength(20)
    expect(most).toBe(3)
  })
})

describe('a list', () => {
  it('of one project leaves room for that of another, whose adapter has nothing to do', async () => {
    const { adapter: busy, calls, release } = heldAdapter()
    const idle = toneAdapter({ name: 'idle', controls: ['mood'] })
    const backend = quietBackend({ adapters: [{ ...busy, controls: ['tone'] }, idle], limits: { tasksInHand: 16 } })
    const texts = Array.from({ length: 40 }, (_, index) => `t${index}`)
    const first = post(backend, '/predict', predictBody(texts))
    await calls(1)
    const mood = TONE.replaceAll('"tone"', '"mood"')
    const other = await post(backend, '/predict', { ...predictBody(texts, mood), project: '2.17' })
    expect(other.body).toMatchObject({ results: texts.map(() => ({ result: [{}] })) })
    const timer = setInterval(release, 1)
    expect((await first).body).not.toHaveProperty('errors')
    clearInterval(timer)
  })
})

describe('a long list', () => {
  it('brings no warning of Node about listeners', async () => {
    const warnings: string[] = []
    const onWarning = ({ name }: Error) => warnings.push(name)
    process.on('warning', onWarning)
    const texts = Array.from({ length: 200 }, (_, index) => `t${index}`)
    const { body } = await post(quietBackend(), '/predict', predictBody(texts))
    await new Promise((resolve) => setImmediate(resolve))
    process.off('warning', onWarning)
    expect(body).toMatchObject({ results: texts.map(() => ({ result: [{}] })) })
    expect(warnings).toEqual([])
  })
})

describe('shutting down', () => {
  it('waits for what is in hand, refuses the rest, and frees the models', async () => {
    const dispose = vi.fn()
    const { adapter, calls, release } = heldAdapter()
    const backend = quietBackend({
      adapters: [{ ...adapter, dispose }],
      limits: { deadlineMs: 10 },
    })
    await post(backend, '/predict', predictBody(['late']))
    await calls(1)
    const closed = backend.dispose(1000)
    expect(await post(backend, '/predict', predictBody(['x']))).toMatchObject({
      status: 503,
      body: { error: { code: 'shutting-down' } },
    })
    expect((await get(backend, '/ready')).status).toBe(503)
    expect((await get(backend, '/health')).status).toBe(200)
    release()
    await closed
    expect(dispose).toHaveBeenCalledOnce()
  })

  it('answers requests in hand when the time is over, with what is done, wherever the backend is mounted', async () => {
    const { adapter, calls } = heldAdapter({ hold: (text) => text !== 'happy' })
    const backend = quietBackend({ adapters: [adapter] })
    const inHand = post(backend, '/predict', predictBody(['happy', 'slow']))
    await calls(2)
    // The adapter heeds no signal, so it is never freed.
    void backend.dispose(10)
    expect((await inHand).body).toMatchObject({ results: [{ result: [{}] }, []], errors: [{ code: 'shutting-down' }] })
  })

  it('costs a log entry when a model cannot be freed', async () => {
    const { logger, entries } = recordingLogger()
    const dispose = () => {
      throw new Error('busy')
    }
    const backend = quietBackend({ logger, adapters: [toneAdapter({ dispose })] })
    await post(backend, '/predict', predictBody(['happy']))
    await backend.dispose()
    expect(entries).toContainEqual(expect.objectContaining({ level: 'error', message: 'not freed' }))
  })
})
