/** Cancelling work without the price of an AbortSignal, which takes longer to make than many a small prediction. */

/** The part of an AbortSignal by which work is cancelled; AbortSignals fit as they are. */
export interface AbortSource extends Pick<AbortSignal, 'aborted' | 'reason'> {
  addEventListener(type: 'abort', listener: () => void, options?: { readonly once?: boolean }): void
  removeEventListener(type: 'abort', listener: () => void): void
}

/** What an AbortController is, for work that mostly needs no AbortSignal. */
export interface Cancellation extends AbortSource {
  /** @param reason what those who wait are rejected with. @default an `AbortError`, as AbortController has it */
  abort(reason?: unknown): void
  /** An AbortSignal for what wants one; made when it is first asked for, and many may listen to it. */
  toSignal(): AbortSignal
}

export function createCancellation(): Cancellation {
  return new LazyCancellation()
}

class LazyCancellation implements Cancellation {
  aborted = false
  reason: unknown
  #listeners: Set<() => void> | undefined
  #controller: AbortController | undefined

  addEventListener(_type: 'abort', listener: () => void): void {
    this.#listeners ??= new Set()
    this.#listeners.add(listener)
  }

  removeEventListener(_type: 'abort', listener: () => void): void {
    this.#listeners?.delete(listener)
  }

  abort(reason: unknown = new DOMException('This operation was aborted', 'AbortError')): void {
    if (this.aborted) return
    this.aborted = true
    this.reason = reason
    this.#controller?.abort(reason)
    for (const listener of this.#listeners ?? []) listener()
    this.#listeners = undefined
  }

  toSignal(): AbortSignal {
    if (this.#controller === undefined) {
      this.#controller = new AbortController()
      allowMany(this.#controller.signal)
      if (this.aborted) this.#controller.abort(this.reason)
    }
    return this.#controller.signal
  }
}

/** Node takes more than ten listeners of a signal for a leak, and warns. */
function allowMany(signal: AbortSignal): void {
  if (typeof process !== 'undefined') process.getBuiltinModule?.('node:events').setMaxListeners(0, signal)
}
