/** A time within which something must come, again and again. */
export interface TimeLimit {
  /** Fires when nothing came in time, or when `given` does. */
  readonly signal: AbortSignal
  /** Begins the time anew. */
  restart(): void
  /** Ends it. */
  stop(): void
}

/**
 * A limit that runs from now on.
 *
 * @param given the caller's, when there is one
 */
export function createTimeLimit(seconds: number, given: AbortSignal | undefined): TimeLimit {
  const controller = new AbortController()
  let timer: ReturnType<typeof setTimeout> | undefined
  const stop = () => clearTimeout(timer)
  const restart = () => {
    stop()
    timer = setTimeout(
      () => controller.abort(new DOMException(`nothing for ${seconds} s`, 'TimeoutError')),
      seconds * 1000,
    )
  }
  restart()
  return {
    signal: given === undefined ? controller.signal : AbortSignal.any([given, controller.signal]),
    restart,
    stop,
  }
}
