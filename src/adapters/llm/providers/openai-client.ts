import { z } from 'zod'
import { importOptional } from '../../../import-optional.js'
import { LlmError } from '../llm-error.js'
import { CALL_TIMEOUT } from './call.js'

/** The part of OpenAI's client that is used: an `OpenAI` or `AzureOpenAI` of the package `openai` fits as it is. */
export interface OpenAiClient {
  readonly chat: { readonly completions: { create(body: object, options: object): PromiseLike<unknown> } }
  readonly responses: {
    create(body: object, options: object): PromiseLike<unknown>
    readonly inputTokens: { count(body: object, options: object): PromiseLike<unknown> }
  }
  readonly files: {
    create(body: object, options: object): PromiseLike<unknown>
    content(id: string, options: object): PromiseLike<{ text(): Promise<string> }>
  }
  readonly batches: {
    create(body: object, options: object): PromiseLike<unknown>
    retrieve(id: string, options: object): PromiseLike<unknown>
  }
}

export const reasoningEfforts = ['none', 'minimal', 'low', 'medium', 'high', 'xhigh', 'max'] as const
export type ReasoningEffort = (typeof reasoningEfforts)[number]

/** For schemas of options: what every connection takes. */
export const connectionOptions = {
  apiKey: z.string().optional(),
  baseURL: z.url().optional(),
  client: z.custom<OpenAiClient>((value) => typeof value === 'object' && value !== null, 'must be a client').optional(),
  timeout: z.number().positive().optional(),
  stream: z.boolean().optional(),
}

export interface OpenAiConnection {
  /** @default the environment's `OPENAI_API_KEY`, read at the first call */
  readonly apiKey?: string
  /** @default `https://api.openai.com/v1` */
  readonly baseURL?: string
  /** A client that exists: `AzureOpenAI`, one with a proxy, … Key, URL and timeout are then its own. */
  readonly client?: OpenAiClient
  /** Milliseconds for one call; with `stream`, to its first piece and between two. @default 120000 */
  readonly timeout?: number
  /**
   * Have answers streamed: a dead connection is noticed after `timeout` without a piece, and an answer may take longer
   * than that altogether.
   * @default false
   */
  readonly stream?: boolean
}

/** Makes the client at the first call. Its own retries are off: the adapter retries, within its limits and budget. */
export function lazyOpenAi(
  connection: OpenAiConnection,
  readKey: () => string | undefined,
): () => Promise<OpenAiClient> {
  let client: Promise<OpenAiClient> | undefined
  return () => {
    client ??= makeClient(connection, readKey)
    return client
  }
}

async function makeClient(connection: OpenAiConnection, readKey: () => string | undefined): Promise<OpenAiClient> {
  const { client, baseURL, timeout = CALL_TIMEOUT } = connection
  if (client !== undefined) return client
  const apiKey = connection.apiKey ?? readKey()
  if (apiKey === undefined || apiKey === '') {
    throw new LlmError('there is no key for OpenAI', { kind: 'auth', hint: 'Set OPENAI_API_KEY, or pass `apiKey`.' })
  }
  const { OpenAI } = await importOptional('prelabel/llm', 'openai', undefined, () => import('openai'))
  return new OpenAI({ apiKey, timeout, maxRetries: 0, ...(baseURL === undefined ? {} : { baseURL }) })
}
