/** One call for all who ask the same at the same time. */
export interface SharedCalls<T> {
  /**
   * Runs the call, or joins the one that is under way for this key. Who aborts leaves; the call itself is aborted when
   * nobody is left.
   */
  run(key: string, signal: AbortSignal, call: (signal: AbortSignal) => Promise<T>): Promise<T>
}

interface Shared<T> {
  readonly result: Promise<T>
  readonly controller: AbortController
  waiting: number
}

/** @param onShared told of every request that joined a call instead of making one */
export function createSharedCalls<T>(onShared: () => void): SharedCalls<T> {
  const underWay = new Map<string, Shared<T>>()

  function begin(key: string, call: (signal: AbortSignal) => Promise<T>): Shared<T> {
    const controller = new AbortController()
    const shared = { controller, waiting: 0, result: call(controller.signal) }
    underWay.set(key, shared)
    const end = () => {
      if (underWay.get(key) === shared) underWay.delete(key)
    }
    shared.result.then(end, end)
    return shared
  }

  return {
    run(key, signal, call) {
      if (signal.aborted) return Promise.reject(signal.reason)
      const joined = underWay.get(key)
      if (joined !== undefined) onShared()
      const shared = joined ?? begin(key, call)
      shared.waiting++
      return new Promise<T>((resolve, reject) => {
        const leave = () => {
          if (--shared.waiting === 0) {
            underWay.delete(key)
            shared.controller.abort(signal.reason)
          }
          reject(signal.reason)
        }
        signal.addEventListener('abort', leave, { once: true })
        shared.result.then(resolve, reject).finally(() => signal.removeEventListener('abort', leave))
      })
    },
  }
}
