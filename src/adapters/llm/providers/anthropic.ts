/** Anthropic's Messages: https://platform.claude.com/docs/en/api/messages */

import type { MessageCreateParamsNonStreaming, MessageParam } from '@anthropic-ai/sdk/resources/messages'
import { z } from 'zod'
import { importOptional } from '../../../import-optional.js'
import { parseOptions } from '../../../parse-options.js'
import { LlmError } from '../llm-error.js'
import { llmOptions } from '../options-owner.js'
import type { LlmImage, LlmMessage, LlmProvider, LlmReply, LlmRequest } from '../provider.js'
import { anthropicBatch } from './anthropic-batch.js'
import { messageStream } from './anthropic-stream.js'
import { CALL_TIMEOUT, type CallOptions, call, publicUrl } from './call.js'
import { toBase64 } from './image-data.js'
import { readStream } from './read-stream.js'
import { refusal, truncated, unreadable } from './reply-errors.js'

/** The part of Anthropic's client that is used: an `Anthropic` of the package `@anthropic-ai/sdk` fits as it is. */
export interface AnthropicClient {
  readonly messages: {
    create(body: object, options: object): PromiseLike<unknown>
    countTokens(body: object, options: object): PromiseLike<unknown>
    readonly batches: {
      create(body: object, options: object): PromiseLike<unknown>
      retrieve(id: string, params: object, options: object): PromiseLike<unknown>
      results(id: string, params: object, options: object): PromiseLike<AsyncIterable<unknown>>
    }
  }
}

export interface AnthropicOptions {
  /** `claude-haiku-5-5`, … */
  readonly model: string
  /** @default the environment's `ANTHROPIC_API_KEY`, read at the first call */
  readonly apiKey?: string
  /** @default `https://api.anthropic.com` */
  readonly baseURL?: string
  /** A client that exists: one for Bedrock or Vertex, with a proxy, … Key, URL and timeout are then its own. */
  readonly client?: AnthropicClient
  /** Milliseconds for one call; with `stream`, to its first piece and between two. @default 120000 */
  readonly timeout?: number
  /**
   * Have answers streamed: a dead connection is noticed after `timeout` without a piece, and an answer may take longer
   * than that altogether.
   * @default false
   */
  readonly stream?: boolean
  /** How hard the model works. @default the model's own */
  readonly effort?: 'low' | 'medium' | 'high' | 'xhigh' | 'max'
  /** `disabled` for models that allow it: cheaper and faster. @default the model's own */
  readonly thinking?: 'adaptive' | 'disabled'
}

const optionsSchema = z.strictObject({
  model: z.string().min(1),
  effort: z.enum(['low', 'medium', 'high', 'xhigh', 'max']).optional(),
  thinking: z.enum(['adaptive', 'disabled']).optional(),
  apiKey: z.string().optional(),
  baseURL: z.url().optional(),
  client: z
    .custom<AnthropicClient>((value) => typeof value === 'object' && value !== null, 'must be a client')
    .optional(),
  timeout: z.number().positive().optional(),
  stream: z.boolean().default(false),
})

const counted = z.object({ input_tokens: z.number() })

/**
 * A Claude model, through the package `@anthropic-ai/sdk` (an optional peer). The system prompt is marked for
 * Anthropic's prompt cache.
 *
 * @throws PrelabelError `invalid-llm-options`
 */
export function anthropic(options: AnthropicOptions): LlmProvider {
  const {
    model,
    effort,
    thinking,
    stream,
    timeout = CALL_TIMEOUT,
  } = parseOptions(llmOptions('anthropic'), optionsSchema, options)
  let made: Promise<AnthropicClient> | undefined
  const client = () => {
    made ??= makeClient(options)
    return made
  }
  const body = (request: LlmRequest): MessageCreateParamsNonStreaming => ({
    ...countedPart(request, model, effort),
    max_tokens: request.maxOutputTokens,
    ...(thinking === undefined ? {} : { thinking: { type: thinking } }),
  })
  return {
    name: 'anthropic',
    model,
    vision: true,
    logprobs: false,
    settings: { effort, thinking, baseURL: publicUrl(options.baseURL) },
    async complete(request, context) {
      const create = async (more: object, options: CallOptions) =>
        (await client()).messages.create({ ...body(request), ...more }, options)
      return readMessage(
        stream
          ? await readStream('Anthropic', context, timeout, messageStream(), (options) =>
              create({ stream: true }, options),
            )
          : await call('Anthropic', context, (options) => create({}, options)),
      )
    },
    countTokens: (request, context) =>
      call('Anthropic', context, async (options) => {
        const { messages } = await client()
        return counted.parse(await messages.countTokens(countedPart(request, model, effort), options)).input_tokens
      }),
    batch: anthropicBatch(client, { body, read: readMessage }),
  }
}

async function makeClient({
  client,
  apiKey,
  baseURL,
  timeout = CALL_TIMEOUT,
}: AnthropicOptions): Promise<AnthropicClient> {
  if (client !== undefined) return client
  const key = apiKey ?? process.env.ANTHROPIC_API_KEY
  if (key === undefined || key === '') {
    throw new LlmError('there is no key for Anthropic', {
      kind: 'auth',
      hint: 'Set ANTHROPIC_API_KEY, or pass `apiKey`.',
    })
  }
  const load = () => import('@anthropic-ai/sdk')
  const { Anthropic } = await importOptional('prelabel/llm', '@anthropic-ai/sdk', undefined, load)
  return new Anthropic({ apiKey: key, timeout, maxRetries: 0, ...(baseURL === undefined ? {} : { baseURL }) })
}

/** The part of a body whose tokens count as input. */
function countedPart({ system, messages, schema }: LlmRequest, model: string, effort: AnthropicOptions['effort']) {
  return {
    model,
    system: [{ type: 'text' as const, text: system, cache_control: { type: 'ephemeral' as const } }],
    messages: messages.map(toMessage),
    output_config: {
      format: { type: 'json_schema' as const, schema: { ...schema } },
      ...(effort === undefined ? {} : { effort }),
    },
  }
}

function toMessage({ role, parts }: LlmMessage): MessageParam {
  return {
    role,
    content: parts.map((part) =>
      part.kind === 'text' ? { type: 'text', text: part.text } : { type: 'image', source: toSource(part.image) },
    ),
  }
}

function toSource(image: LlmImage) {
  const mediaType = z.enum(['image/jpeg', 'image/png', 'image/gif', 'image/webp']).parse(image.mediaType)
  return { type: 'base64' as const, media_type: mediaType, data: toBase64(image) }
}

const message = z.object({
  content: z.array(z.object({ type: z.string(), text: z.string().nullish() })),
  stop_reason: z.string().nullish(),
  stop_details: z.object({ explanation: z.string().nullish() }).nullish(),
  usage: z.object({
    input_tokens: z.number(),
    output_tokens: z.number(),
    cache_read_input_tokens: z.number().nullish(),
    cache_creation_input_tokens: z.number().nullish(),
  }),
})

/** @throws LlmError `refusal`, `truncated`, `context-length`, or `provider` when it is no message */
function readMessage(body: unknown): LlmReply {
  const read = message.safeParse(body)
  if (!read.success) throw unreadable('Anthropic', read.error)
  const { content, stop_reason, stop_details } = read.data
  const usage = {
    input: read.data.usage.input_tokens,
    output: read.data.usage.output_tokens,
    cacheRead: read.data.usage.cache_read_input_tokens ?? 0,
    cacheWrite: read.data.usage.cache_creation_input_tokens ?? 0,
  }
  if (stop_reason === 'refusal') throw refusal('Anthropic', stop_details?.explanation ?? '', usage)
  if (stop_reason === 'max_tokens') throw truncated('Anthropic', usage)
  if (stop_reason === 'model_context_window_exceeded') {
    throw new LlmError("the answer ran out of the model's context", { kind: 'context-length', usage })
  }
  return { text: content.flatMap(({ text }) => text ?? '').join(''), usage }
}
