import { LlmError } from '../llm-error.js'
import type { Clock } from './clock.js'

export interface RetryOptions {
  /** Times a call is made again after a failure that may pass. */
  readonly retries: number
  /** No single wait is longer; a provider that asks for more is not waited for. */
  readonly maxWait: number
}

const FIRST_WAIT = 500

/**
 * Runs a call until it succeeds, fails for good or has been tried often enough. Waits grow from half a second by
 * doubling, each drawn at random below that ("full jitter"), and are at least what the provider asked for.
 *
 * @param onRetry told of each wait before it begins
 */
export async function withRetries<T>(
  run: () => Promise<T>,
  { retries, maxWait }: RetryOptions,
  clock: Clock,
  signal: AbortSignal,
  onRetry: (error: LlmError, wait: number) => void,
): Promise<T> {
  for (let attempt = 0; ; attempt++) {
    try {
      return await run()
    } catch (error) {
      if (!(error instanceof LlmError) || !error.retryable || attempt >= retries) throw error
      const asked = error.retryAfter ?? 0
      if (asked > maxWait) throw error
      const wait = Math.max(asked, clock.random() * Math.min(maxWait, FIRST_WAIT * 2 ** attempt))
      onRetry(error, wait)
      await clock.sleep(wait, signal)
    }
  }
}
