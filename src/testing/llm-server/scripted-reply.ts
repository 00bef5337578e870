/** What the stand-in server is told to answer, and what it saw. */

/** A token of an answer and the natural logarithm of its probability. */
export interface ScriptedToken {
  readonly token: string
  readonly logprob: number
}

/** Token counts as a provider bills them. */
export interface ScriptedUsage {
  readonly inputTokens?: number
  readonly outputTokens?: number
  /** Of the input, read from the provider's prompt cache. */
  readonly cachedTokens?: number
}

interface Timed {
  /** Milliseconds before the answer goes out. @default 0 */
  readonly delay?: number
}

/** A whole answer: `json` is written out as the model's text; `text` is sent as it is. Neither: an example of the schema. */
export interface AnswerReply extends Timed {
  readonly kind: 'answer'
  readonly json?: unknown
  readonly text?: string
  readonly usage?: ScriptedUsage
  /** Log-probabilities, sent where the request asks for them; without it every token has `-0.01`. */
  readonly tokens?: readonly ScriptedToken[]
}

/** One answer of the stand-in. */
export type ScriptedReply =
  | AnswerReply
  /** The model declines, in the way of its wire format. */
  | (Timed & { readonly kind: 'refusal'; readonly text?: string })
  /** The answer hits the token limit: `text` is what had been written by then. */
  | (Timed & { readonly kind: 'truncated'; readonly text?: string })
  /** 429; `retryAfter` goes into the header as it is (seconds or an HTTP date). */
  | (Timed & { readonly kind: 'rate-limit'; readonly retryAfter?: string })
  /** 400 because the prompt is longer than the model's context. */
  | (Timed & { readonly kind: 'context-length' })
  /** Any other error status. */
  | (Timed & { readonly kind: 'error'; readonly status: number; readonly message?: string })
  /** An answer word for word, for a server with a dialect of its own. */
  | (Timed & { readonly kind: 'raw'; readonly status?: number; readonly body: object })
  /** 200 whose body, or the last event of whose stream, is no JSON. */
  | (Timed & { readonly kind: 'broken' })
  /** The connection breaks in the middle of the body, streamed or not. */
  | (Timed & { readonly kind: 'cut' })
  /** The body stops in the middle, and the connection stays open. */
  | (Timed & { readonly kind: 'stall' })

export type LlmApi = 'openai-chat' | 'openai-responses' | 'anthropic-messages'

/** One turn of a recorded request. */
export interface RecordedMessage {
  readonly role: string
  readonly text: string
  /** Pictures in the turn, as data URIs. */
  readonly images: readonly string[]
}

/** A request as the stand-in read it; keys and other headers are not kept. */
export interface RecordedRequest {
  readonly api: LlmApi
  readonly model: string
  readonly system: string
  readonly messages: readonly RecordedMessage[]
  /** The JSON schema that the answer has to follow. */
  readonly schema?: Readonly<Record<string, unknown>>
  /** True when token log-probabilities were asked for. */
  readonly logprobs: boolean
  /** The body as it came. */
  readonly body: Readonly<Record<string, unknown>>
}

/** One reply for all requests, replies in turn (the last one stays), or a function of the request. */
export type LlmScript =
  | ScriptedReply
  | readonly ScriptedReply[]
  | ((request: RecordedRequest, index: number) => ScriptedReply | Promise<ScriptedReply>)
