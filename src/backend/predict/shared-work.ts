import { type AbortSource, type Cancellation, createCancellation } from '../../cancellation.js'

/**
 * Joins the work of that key that is in hand, or begins it. It goes on as long as anybody waits for it.
 *
 * @param signal the caller stops waiting
 * @param work gets a signal that fires when nobody waits any more
 * @throws the signal's reason, or what the work throws
 */
export type ShareWork<T> = (key: string, signal: AbortSource, work: (signal: Cancellation) => Promise<T>) => Promise<T>

interface Shared<T> {
  readonly key: string
  readonly cancellation: Cancellation
  readonly result: Promise<T>
  waiting: number
}

/** Runs work once for all who ask for it at the same time. */
export function createSharedWork<T>(): ShareWork<T> {
  const inHand = new Map<string, Shared<T>>()

  function begin(key: string, work: (signal: Cancellation) => Promise<T>): Shared<T> {
    const cancellation = createCancellation()
    const shared: Shared<T> = { key, cancellation, result: work(cancellation), waiting: 0 }
    inHand.set(key, shared)
    return shared
  }

  function forget(shared: Shared<T>): void {
    if (inHand.get(shared.key) === shared) inHand.delete(shared.key)
  }

  return (key, signal, work) => {
    if (signal.aborted) return Promise.reject(signal.reason)
    const shared = inHand.get(key) ?? begin(key, work)
    shared.waiting += 1
    return new Promise<T>((resolve, reject) => {
      const leave = () => {
        shared.waiting -= 1
        if (shared.waiting === 0) {
          forget(shared)
          shared.cancellation.abort(signal.reason)
        }
        reject(signal.reason)
      }
      const end = () => {
        forget(shared)
        signal.removeEventListener('abort', leave)
      }
      signal.addEventListener('abort', leave, { once: true })
      shared.result.then(
        (result) => {
          end()
          resolve(result)
        },
        (reason: unknown) => {
          end()
          reject(reason)
        },
      )
    })
  }
}
