import type { AbortSource } from '../cancellation.js'

/** Runs at most `count` tasks at the same time; others wait in order, and leave when their signal aborts. */
export function createSlots(count: number) {
  let free = count
  const waiting: (() => void)[] = []
  const release = () => {
    const next = waiting.shift()
    if (next === undefined) free++
    else next()
  }
  const take = (signal: AbortSource | undefined) =>
    new Promise<void>((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason)
      if (free > 0) {
        free--
        return resolve()
      }
      const start = () => {
        signal?.removeEventListener('abort', leave)
        resolve()
      }
      const leave = () => {
        waiting.splice(waiting.indexOf(start), 1)
        reject(signal?.reason)
      }
      waiting.push(start)
      signal?.addEventListener('abort', leave, { once: true })
    })
  return async function run<T>(signal: AbortSource | undefined, task: () => Promise<T>): Promise<T> {
    await take(signal)
    try {
      return await task()
    } finally {
      release()
    }
  }
}
