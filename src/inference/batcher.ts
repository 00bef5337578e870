/** Micro-batching: single items in, calls of a model over many items out, across everyone who asks at the same time. */

import { type AbortSource, type Cancellation, createCancellation } from '../cancellation.js'
import { PrelabelError } from '../errors.js'

/** Who waits: a person in the editor, or a list that is worked off. Interactive items go first, and never in one batch with bulk ones. */
export type Priority = 'interactive' | 'bulk'

export interface BatcherOptions<T, R> {
  /** Runs one batch: one result for each item, in order. `signal` fires when nobody waits for any of them any more. */
  run(items: readonly T[], signal: Cancellation): Promise<readonly R[]>
  /** Most items of one batch. */
  readonly maxSize: number
  /** How long an idle batcher waits for a bulk batch to fill, in milliseconds; 0 takes what one turn of the event loop brings. @default 0 */
  readonly maxWait?: number
  /** How many batches may run at the same time. @default 1 */
  readonly concurrency?: number
}

export interface SubmitOptions {
  /** Items with the same key that are in hand at the same time are run once. */
  readonly key?: string
  /** @default 'bulk' */
  readonly priority?: Priority
  /** The caller stops waiting. The item is dropped when nobody else waits for it. */
  readonly signal?: AbortSource
}

export interface Batcher<T, R> {
  submit(item: T, options?: SubmitOptions): Promise<R>
  /** Items that wait for a batch. */
  readonly queued: number
  /** Rejects what waits, aborts what runs, and resolves when that has ended. */
  dispose(): Promise<void>
}

interface Waiter<R> {
  resolve(result: R): void
  reject(reason: unknown): void
}

interface Entry<T, R> {
  readonly item: T
  readonly key: string | undefined
  readonly waiters: Waiter<R>[]
  priority: Priority
  batch?: Batch<T, R>
}

interface Batch<T, R> {
  readonly entries: readonly Entry<T, R>[]
  readonly cancellation: Cancellation
  ended?: Promise<void>
}

/**
 * A batch starts as soon as a place is free: at once when it is full or an interactive item came, after `maxWait`
 * otherwise. While all places are taken, items gather, so batches grow with the load by themselves.
 */
export function createBatcher<T, R>(options: BatcherOptions<T, R>): Batcher<T, R> {
  const { maxSize, maxWait = 0, concurrency = 1 } = options
  // Arrays: what goes through a Set or a Map that lives long is kept by the tables it outgrew, until the next full collection.
  const queues: Record<Priority, Entry<T, R>[]> = { interactive: [], bulk: [] }
  const running: Batch<T, R>[] = []
  const byKey = new Map<string, Entry<T, R>>()
  let cancelTimer: (() => void) | undefined
  let cancelTick: (() => void) | undefined
  let disposed = false

  function submit(item: T, { key, priority = 'bulk', signal }: SubmitOptions = {}): Promise<R> {
    if (disposed) return Promise.reject(disposedError())
    if (signal?.aborted) return Promise.reject(signal.reason)
    const entry = joinable(key, priority) ?? enqueue({ item, key, priority, waiters: [] })
    return wait(entry, signal)
  }

  function joinable(key: string | undefined, priority: Priority): Entry<T, R> | undefined {
    const entry = key === undefined ? undefined : byKey.get(key)
    if (entry !== undefined && priority === 'interactive' && remove(queues.bulk, entry)) {
      entry.priority = priority
      enqueue(entry)
    }
    return entry
  }

  function enqueue(entry: Entry<T, R>): Entry<T, R> {
    if (entry.key !== undefined) byKey.set(entry.key, entry)
    queues[entry.priority].push(entry)
    schedule()
    return entry
  }

  function wait(entry: Entry<T, R>, signal: AbortSource | undefined): Promise<R> {
    return new Promise<R>((resolve, reject) => {
      const leave = () => {
        remove(entry.waiters, waiter)
        if (entry.waiters.length === 0) abandon(entry)
        reject(signal?.reason)
      }
      const settled = () => signal?.removeEventListener('abort', leave)
      const waiter: Waiter<R> = {
        resolve: (result) => {
          settled()
          resolve(result)
        },
        reject: (reason) => {
          settled()
          reject(reason)
        },
      }
      entry.waiters.push(waiter)
      signal?.addEventListener('abort', leave, { once: true })
    })
  }

  function abandon(entry: Entry<T, R>): void {
    forget(entry)
    remove(queues[entry.priority], entry)
    if (entry.batch?.entries.every(({ waiters }) => waiters.length === 0)) entry.batch.cancellation.abort()
  }

  function forget(entry: Entry<T, R>): void {
    if (entry.key !== undefined && byKey.get(entry.key) === entry) byKey.delete(entry.key)
  }

  function schedule(): void {
    if (running.length >= concurrency) return
    if (queues.bulk.length >= maxSize || queues.interactive.length >= maxSize) start()
    else if (queues.interactive.length > 0 || maxWait === 0) cancelTick ??= nextTurn(start)
    else cancelTimer ??= after(maxWait, start)
  }

  function start(): void {
    cancelTick?.()
    cancelTimer?.()
    cancelTick = cancelTimer = undefined
    while (running.length < concurrency) {
      const queue = queues.interactive.length > 0 ? queues.interactive : queues.bulk
      const entries = queue.splice(0, maxSize)
      if (entries.length === 0) return
      const batch: Batch<T, R> = { entries, cancellation: createCancellation() }
      for (const entry of entries) entry.batch = batch
      running.push(batch)
      batch.ended = run(batch)
    }
  }

  async function run(batch: Batch<T, R>): Promise<void> {
    const { entries, cancellation } = batch
    try {
      const items = entries.map(({ item }) => item)
      const results = await options.run(items, cancellation)
      for (const [index, entry] of entries.entries()) settle(entry, results, index)
    } catch (error) {
      for (const entry of entries) for (const waiter of entry.waiters) waiter.reject(error)
    } finally {
      for (const entry of entries) forget(entry)
      remove(running, batch)
      start()
    }
  }

  function settle(entry: Entry<T, R>, results: readonly R[], index: number): void {
    const result = results[index]
    for (const waiter of entry.waiters) {
      if (result === undefined)
        waiter.reject(new PrelabelError(`no result for item ${index} of the batch`, { code: 'batch-result-missing' }))
      else waiter.resolve(result)
    }
  }

  async function dispose(): Promise<void> {
    disposed = true
    cancelTick?.()
    cancelTimer?.()
    for (const queue of Object.values(queues)) {
      for (const entry of queue) for (const waiter of entry.waiters) waiter.reject(disposedError())
      queue.length = 0
    }
    for (const { cancellation } of running) cancellation.abort(disposedError())
    await Promise.all(running.map(({ ended }) => ended))
  }

  return {
    submit,
    get queued() {
      return queues.interactive.length + queues.bulk.length
    },
    dispose,
  }
}

function disposedError(): PrelabelError {
  return new PrelabelError('the backend is shutting down', {
    code: 'shutting-down',
    status: 503,
    hint: 'Ask again in a moment.',
  })
}

function nextTurn(callback: () => void): () => void {
  if (typeof setImmediate !== 'function') return after(0, callback)
  const handle = setImmediate(callback)
  return () => clearImmediate(handle)
}

function after(milliseconds: number, callback: () => void): () => void {
  const handle = setTimeout(callback, milliseconds)
  return () => clearTimeout(handle)
}

/** @returns whether it was there */
function remove<E>(list: E[], one: E): boolean {
  const index = list.indexOf(one)
  if (index >= 0) list.splice(index, 1)
  return index >= 0
}
