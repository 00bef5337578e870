/** The face of every language model: two methods, and what they exchange. */

import type { LlmError } from './llm-error.js'

/** A JSON schema in the subset that all providers enforce: every property required, no bounds, no optional ones. */
export type JsonSchema = Readonly<Record<string, unknown>>

export interface LlmImage {
  readonly bytes: Uint8Array
  /** `image/jpeg`, `image/png`, `image/gif` or `image/webp`. */
  readonly mediaType: string
  /** Pixels. */
  readonly width: number
  readonly height: number
  /** SHA-256 of the bytes, hex: stands for them in cache keys. */
  readonly hash: string
}

export type LlmPart =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'image'; readonly image: LlmImage }

export interface LlmMessage {
  readonly role: 'user' | 'assistant'
  readonly parts: readonly LlmPart[]
}

export interface LlmRequest {
  /** What is the same for every task: providers that cache prompts are told to keep it. */
  readonly system: string
  readonly messages: readonly LlmMessage[]
  readonly schema: JsonSchema
  readonly maxOutputTokens: number
  /** Ask for the log-probability of each token. */
  readonly logprobs: boolean
  /** Tells apart several draws of the same request; not sent. @default 0 */
  readonly sample?: number
}

/** What was billed. `input` counts only what came neither from nor to the provider's prompt cache. */
export interface LlmUsage {
  readonly input: number
  readonly output: number
  readonly cacheRead: number
  readonly cacheWrite: number
}

/** A token of the reply and the natural logarithm of its probability. */
export interface LlmToken {
  readonly text: string
  readonly logprob: number
}

export interface LlmReply {
  /** The model's text; JSON that follows the schema where the provider enforces it. */
  readonly text: string
  readonly usage: LlmUsage
  /** The tokens of `text`, where they were asked for and the provider gives them. */
  readonly tokens?: readonly LlmToken[]
}

export interface CallContext {
  readonly signal: AbortSignal
}

/**
 * A language model. `openai`, `anthropic` and `openaiCompatible` make one; write your own for any other.
 * Retries, limits, budget and cache are not its business: it calls once and says what went wrong.
 */
export interface LlmProvider {
  /** Short name, the first half of a price's key: `openai`. */
  readonly name: string
  readonly model: string
  /** It takes pictures. */
  readonly vision: boolean
  /** It can give log-probabilities. */
  readonly logprobs: boolean
  /** Settings that change answers, as plain JSON without secrets: part of cache keys and of the model version. */
  readonly settings?: unknown
  /**
   * One answer to one request.
   * @throws LlmError of the kind that fits; `toLlmError` makes one of what the SDKs throw
   */
  complete(request: LlmRequest, context: CallContext): Promise<LlmReply>
  /** Input tokens of a request, as exact as is cheap; `estimateTokens` is a fair answer. Asked only by `plan`. */
  countTokens(request: LlmRequest, context: CallContext): Promise<number>
  /** The provider's API for bulk runs, if it has one. */
  readonly batch?: LlmBatchApi
}

/** One request of a batch job and how it ended. */
export interface BatchOutcome {
  readonly id: string
  readonly outcome: LlmReply | LlmError
}

export interface LlmBatchApi {
  /** Sends the requests off as one job and returns its id. */
  submit(
    requests: readonly { readonly id: string; readonly request: LlmRequest }[],
    context: CallContext,
  ): Promise<string>
  /** The outcomes in any order; undefined while the job is under way. */
  results(jobId: string, context: CallContext): Promise<readonly BatchOutcome[] | undefined>
}
