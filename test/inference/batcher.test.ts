import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { AbortSource } from '../../src/cancellation.js'
import { type Batcher, createBatcher } from '../../src/inference/batcher.js'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

/** Echoes in upper case; `gate`, when given, holds every batch back until it is opened. */
function setUp(options: { maxSize?: number; maxWait?: number; concurrency?: number; held?: boolean } = {}) {
  const batches: string[][] = []
  const signals: AbortSource[] = []
  const open: (() => void)[] = []
  const batcher: Batcher<string, string> = createBatcher({
    maxSize: options.maxSize ?? 4,
    maxWait: options.maxWait ?? 0,
    concurrency: options.concurrency ?? 1,
    run: async (items, signal) => {
      batches.push([...items])
      signals.push(signal)
      if (options.held) await new Promise<void>((resolve) => open.push(resolve))
      return items.map((item) => item.toUpperCase())
    },
  })
  const release = async () => {
    open.shift()?.()
    await vi.advanceTimersByTimeAsync(0)
  }
  return { batcher, batches, signals, release }
}

const turn = () => vi.advanceTimersByTimeAsync(1)

describe('filling', () => {
  it('runs what one turn of the event loop brings as one batch', async () => {
    const { batcher, batches } = setUp()
    const answers = Promise.all(['a', 'b', 'c'].map((item) => batcher.submit(item)))
    await turn()
    expect(await answers).toEqual(['A', 'B', 'C'])
    expect(batches).toEqual([['a', 'b', 'c']])
  })

  it('starts a full batch at once and leaves the rest for the next', async () => {
    const { batcher, batches } = setUp({ maxSize: 2, maxWait: 50 })
    const answers = Promise.all(['a', 'b', 'c'].map((item) => batcher.submit(item)))
    expect(batches).toEqual([['a', 'b']])
    await vi.advanceTimersByTimeAsync(50)
    expect(await answers).toEqual(['A', 'B', 'C'])
    expect(batches).toEqual([['a', 'b'], ['c']])
  })

  it('waits up to maxWait for a bulk batch to fill', async () => {
    const { batcher, batches } = setUp({ maxWait: 20 })
    void batcher.submit('a')
    await vi.advanceTimersByTimeAsync(15)
    void batcher.submit('b')
    expect(batches).toEqual([])
    await vi.advanceTimersByTimeAsync(5)
    expect(batches).toEqual([['a', 'b']])
  })

  it('gathers while all places are taken, and takes a free place without waiting', async () => {
    const { batcher, batches, release } = setUp({ held: true, maxWait: 20 })
    void batcher.submit('a')
    await vi.advanceTimersByTimeAsync(20)
    for (const item of ['b', 'c', 'd']) void batcher.submit(item)
    await vi.advanceTimersByTimeAsync(100)
    expect(batches).toEqual([['a']])
    await release()
    expect(batches).toEqual([['a'], ['b', 'c', 'd']])
  })

  it('runs as many batches at once as it may', async () => {
    const { batcher, batches } = setUp({ held: true, maxSize: 1, concurrency: 2 })
    for (const item of ['a', 'b', 'c']) void batcher.submit(item)
    await turn()
    expect(batches).toEqual([['a'], ['b']])
    expect(batcher.queued).toBe(1)
  })
})

describe('priority', () => {
  it('takes interactive items before bulk ones, without waiting and never in one batch', async () => {
    const { batcher, batches } = setUp({ maxWait: 50 })
    const answers = [batcher.submit('bulk'), batcher.submit('click', { priority: 'interactive' })]
    await turn()
    expect(batches[0]).toEqual(['click'])
    await vi.advanceTimersByTimeAsync(50)
    expect(await Promise.all(answers)).toEqual(['BULK', 'CLICK'])
  })

  it('moves a waiting bulk item up when the same item is asked for interactively', async () => {
    const { batcher, batches, release } = setUp({ held: true, maxSize: 1 })
    for (const item of ['a', 'b', 'c']) void batcher.submit(item, { key: item })
    await turn()
    void batcher.submit('c', { key: 'c', priority: 'interactive' })
    await release()
    await release()
    expect(batches).toEqual([['a'], ['c'], ['b']])
  })
})

describe('one run for the same key', () => {
  it('is shared by everyone who asks while it is in hand, and not after', async () => {
    const { batcher, batches, release } = setUp({ held: true })
    const first = batcher.submit('a', { key: 'k' })
    await turn()
    const second = batcher.submit('a', { key: 'k' })
    await release()
    expect(await Promise.all([first, second])).toEqual(['A', 'A'])
    void batcher.submit('a', { key: 'k' })
    await turn()
    expect(batches).toEqual([['a'], ['a']])
  })

  it('goes on while one of them still waits', async () => {
    const { batcher, signals, release } = setUp({ held: true })
    const leaver = new AbortController()
    const left = batcher.submit('a', { key: 'k', signal: leaver.signal })
    const stays = batcher.submit('a', { key: 'k' })
    await turn()
    leaver.abort(new Error('gone'))
    await expect(left).rejects.toThrow('gone')
    expect(signals[0]?.aborted).toBe(false)
    await release()
    expect(await stays).toBe('A')
  })
})

describe('abort', () => {
  it('drops a waiting item that nobody waits for', async () => {
    const { batcher, batches, release } = setUp({ held: true, maxSize: 1 })
    void batcher.submit('a')
    const leaver = new AbortController()
    const left = batcher.submit('b', { signal: leaver.signal })
    await turn()
    leaver.abort(new Error('gone'))
    await expect(left).rejects.toThrow('gone')
    await release()
    expect(batches).toEqual([['a']])
  })

  it('aborts a running batch only when all of its items are given up', async () => {
    const { batcher, signals } = setUp({ held: true })
    const [one, two] = [new AbortController(), new AbortController()]
    const answers = [batcher.submit('a', { signal: one.signal }), batcher.submit('b', { signal: two.signal })]
    await turn()
    one.abort(new Error('first gone'))
    expect(signals[0]?.aborted).toBe(false)
    two.abort(new Error('second gone'))
    expect(signals[0]?.aborted).toBe(true)
    expect((await Promise.allSettled(answers)).map(({ status }) => status)).toEqual(['rejected', 'rejected'])
  })

  it('refuses an item whose caller has gone already', async () => {
    const { batcher, batches } = setUp()
    await expect(batcher.submit('a', { signal: AbortSignal.abort(new Error('gone')) })).rejects.toThrow('gone')
    await turn()
    expect(batches).toEqual([])
  })
})

describe('failures', () => {
  it('rejects every item of a batch that throws, and goes on with the next', async () => {
    let calls = 0
    const batcher = createBatcher<string, string>({
      maxSize: 2,
      run: async (items) => {
        calls += 1
        if (calls === 1) throw new Error('broken')
        return items
      },
    })
    const answers = Promise.allSettled(['a', 'b', 'c'].map((item) => batcher.submit(item)))
    await turn()
    expect((await answers).map(({ status }) => status)).toEqual(['rejected', 'rejected', 'fulfilled'])
  })

  it('fails only the items for which a batch brought no result', async () => {
    const batcher = createBatcher<string, string>({ maxSize: 2, run: async (items) => items.slice(0, 1) })
    const answers = Promise.allSettled(['a', 'b'].map((item) => batcher.submit(item)))
    await turn()
    expect(await answers).toMatchObject([
      { status: 'fulfilled', value: 'a' },
      { status: 'rejected', reason: { code: 'batch-result-missing' } },
    ])
  })
})

describe('dispose', () => {
  it('rejects what waits, aborts what runs, and takes nothing more', async () => {
    const { batcher, signals, release } = setUp({ held: true, maxSize: 1 })
    const answers = Promise.allSettled(['a', 'b'].map((item) => batcher.submit(item)))
    await turn()
    const disposed = batcher.dispose()
    expect(signals[0]?.aborted).toBe(true)
    await release()
    await disposed
    expect(await answers).toMatchObject([
      { status: 'fulfilled' },
      { status: 'rejected', reason: { code: 'shutting-down', status: 503 } },
    ])
    await expect(batcher.submit('c')).rejects.toMatchObject({ code: 'shutting-down' })
  })
})
