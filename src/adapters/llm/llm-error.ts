import { PrelabelError } from '../../errors.js'
import type { LlmUsage } from './provider.js'

/** Why a model gave no usable answer. The code of the error is `llm-` and the kind. */
export type LlmErrorKind =
  /** Too many requests or tokens a minute. */
  | 'rate-limit'
  /** The account has no credit left. */
  | 'quota'
  /** No key, or one that the provider refuses. */
  | 'auth'
  /** The prompt is longer than the model takes. */
  | 'context-length'
  /** The model declined. */
  | 'refusal'
  /** The answer was cut off at `maxOutputTokens`. */
  | 'truncated'
  /** The answer does not fit the controls, also after it was sent back with the issues. */
  | 'invalid-reply'
  /** The provider failed or could not be reached. */
  | 'provider'
  /** The budget is spent. */
  | 'budget'

export interface LlmErrorDetails {
  readonly kind: LlmErrorKind
  readonly hint?: string
  readonly path?: string
  readonly cause?: unknown
  /** The same request may succeed later. */
  readonly retryable?: boolean
  /** Milliseconds that the provider asked to wait. */
  readonly retryAfter?: number
  /** What was billed all the same: a refusal and a truncated answer cost tokens. */
  readonly usage?: LlmUsage
}

export class LlmError extends PrelabelError {
  readonly kind: LlmErrorKind
  readonly retryable: boolean
  readonly retryAfter: number | undefined
  readonly usage: LlmUsage | undefined

  constructor(message: string, { kind, retryable = false, retryAfter, usage, ...details }: LlmErrorDetails) {
    super(message, { ...details, code: `llm-${kind}` })
    this.kind = kind
    this.retryable = retryable
    this.retryAfter = retryAfter
    this.usage = usage
  }
}
