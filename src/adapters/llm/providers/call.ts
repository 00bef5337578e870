import type { CallContext } from '../provider.js'
import { toLlmError } from './to-llm-error.js'

/** Runs one call of an SDK; what it throws becomes an LlmError, and an abort keeps its reason. */
export async function call<T>(
  provider: string,
  { signal }: CallContext,
  run: (options: CallOptions) => Promise<T>,
): Promise<T> {
  try {
    return await run({ signal, maxRetries: 0 })
  } catch (error) {
    throw toLlmError(error, provider, signal)
  }
}

/** Milliseconds that a call may take where the user says nothing. */
export const CALL_TIMEOUT = 120_000

/** What every call hands to the SDK: the adapter retries, within its limits and budget, so the SDK does not. */
export interface CallOptions {
  readonly signal: AbortSignal
  readonly maxRetries: 0
}

/** A base URL as it may appear in a model version: without user, password and query. */
export function publicUrl(baseURL: string | undefined): string | undefined {
  if (baseURL === undefined) return undefined
  const { origin, pathname } = new URL(baseURL)
  return origin + pathname
}
