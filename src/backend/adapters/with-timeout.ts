/**
 * Gives up a task after a time, whether or not it heeds its signal, so that one that hangs holds nothing up. When
 * `signal` fires before, the task is told and still waited for: it may be using what must not be used twice.
 *
 * @param milliseconds for the task; its signal is aborted then
 * @param timedOut makes the error for that case
 */
export async function withTimeout<T>(
  signal: AbortSignal,
  milliseconds: number,
  task: (signal: AbortSignal) => Promise<T>,
  timedOut: () => Error,
): Promise<T> {
  signal.throwIfAborted()
  const limit = new AbortController()
  let timer: ReturnType<typeof setTimeout> | undefined
  const expired = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      const error = timedOut()
      limit.abort(error)
      reject(error)
    }, milliseconds)
  })
  try {
    return await Promise.race([task(AbortSignal.any([signal, limit.signal])), expired])
  } finally {
    clearTimeout(timer)
  }
}
