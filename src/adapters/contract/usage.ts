/** What an adapter has asked of a paid model so far; numbers only grow. */
export interface AdapterUsage {
  /** Requests that were billed. */
  readonly requests?: number
  /** US dollars. */
  readonly cost?: number
  readonly inputTokens?: number
  readonly outputTokens?: number
  readonly cacheReadTokens?: number
  readonly cacheWriteTokens?: number
}
