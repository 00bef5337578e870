/** Trying again, with waits that grow and are spread at random. */

export interface RetryOptions {
  /** Tries after the first one. */
  readonly retries: number
  /** The wait before the first of them; each further one doubles it. */
  readonly firstWaitMs: number
  /** A server that asks to wait longer than this is not waited for. */
  readonly longestWaitMs: number
}

/** Why a try failed, as far as the next one depends on it. */
export interface Failure {
  readonly error: Error
  readonly isRetryable: boolean
  /** What the server asked to wait, when it did. */
  readonly retryAfterMs?: number | undefined
}

export type Attempt<T> = { readonly value: T } | { readonly failure: Failure }

/** Runs `attempt` until it succeeds, fails for good or the tries are used up. @throws the last failure's error */
export async function withRetries<T>(
  { retries, firstWaitMs, longestWaitMs }: RetryOptions,
  signal: AbortSignal | undefined,
  attempt: () => Promise<Attempt<T>>,
): Promise<T> {
  for (let tries = 0; ; tries++) {
    const outcome = await attempt()
    if ('value' in outcome) return outcome.value
    const { error, isRetryable, retryAfterMs } = outcome.failure
    if (!isRetryable || tries >= retries || signal?.aborted) throw error
    const wait = retryAfterMs ?? Math.min(firstWaitMs * 2 ** tries * (0.5 + Math.random() / 2), longestWaitMs)
    if (wait > longestWaitMs) throw error
    await pause(wait, signal)
  }
}

function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(done, ms)
    function done() {
      clearTimeout(timer)
      signal?.removeEventListener('abort', done)
      resolve()
    }
    signal?.addEventListener('abort', done, { once: true })
  })
}
