import { z } from 'zod'
import { parseOptions } from '../../../parse-options.js'
import { llmOptions } from '../options-owner.js'
import type { LlmProvider } from '../provider.js'
import { CALL_TIMEOUT, type CallOptions, call, publicUrl } from './call.js'
import { type BatchWire, openAiBatch } from './openai-batch.js'
import { chatBody, readChatReply } from './openai-chat.js'
import {
  connectionOptions,
  lazyOpenAi,
  type OpenAiConnection,
  type ReasoningEffort,
  reasoningEfforts,
} from './openai-client.js'
import { countedPart, readResponse, responsesBody } from './openai-responses.js'
import { CHAT_STREAMING, chatStream, responsesStream } from './openai-streams.js'
import { readStream, type StreamReader } from './read-stream.js'

export interface OpenAiOptions extends OpenAiConnection {
  /** `gpt-5.4-mini`, … */
  readonly model: string
  /** Which of OpenAI's two APIs. @default 'responses' */
  readonly api?: 'responses' | 'chat'
  /** 0..2; models that think take none. @default the model's own */
  readonly temperature?: number
  /** How long the model thinks; not every model knows every level. @default the model's own */
  readonly reasoningEffort?: ReasoningEffort
}

const optionsSchema = z.strictObject({
  ...connectionOptions,
  model: z.string().min(1),
  api: z.enum(['responses', 'chat']).default('responses'),
  temperature: z.number().min(0).max(2).optional(),
  reasoningEffort: z.enum(reasoningEfforts).optional(),
})

const counted = z.object({ input_tokens: z.number() })

/**
 * A model of OpenAI, through the package `openai` (an optional peer).
 *
 * @throws PrelabelError `invalid-llm-options`
 */
export function openai(options: OpenAiOptions): LlmProvider {
  const {
    model,
    api,
    temperature,
    reasoningEffort,
    stream = false,
    timeout = CALL_TIMEOUT,
  } = parseOptions(llmOptions('openai'), optionsSchema, options)
  const client = lazyOpenAi(options, () => process.env.OPENAI_API_KEY)
  const settings = { model, temperature, reasoningEffort }
  const wire = api === 'chat' ? chatWire(settings) : responsesWire(settings)

  return {
    name: 'openai',
    model,
    vision: true,
    logprobs: true,
    settings: { api, temperature, reasoningEffort, baseURL: publicUrl(options.baseURL) },
    async complete(request, context) {
      const create = async (more: object, options: CallOptions) => {
        const { chat, responses } = await client()
        const body = { ...wire.body(request), ...more }
        return api === 'chat' ? chat.completions.create(body, options) : responses.create(body, options)
      }
      if (!stream) return call('OpenAI', context, async (options) => wire.read(await create({}, options)))
      const open = (options: CallOptions) => create(wire.streaming, options)
      return wire.read(await readStream('OpenAI', context, timeout, wire.reader(), open))
    },
    countTokens: (request, context) =>
      call('OpenAI', context, async (options) => {
        const { responses } = await client()
        return counted.parse(await responses.inputTokens.count(countedPart(request, model), options)).input_tokens
      }),
    batch: openAiBatch(client, wire),
  }
}

/** A wire format with its way to stream. */
interface StreamingWire extends BatchWire {
  /** What a body has besides. */
  readonly streaming: object
  reader(): StreamReader<object>
}

interface Settings {
  readonly model: string
  readonly temperature: number | undefined
  readonly reasoningEffort: ReasoningEffort | undefined
}

function chatWire(settings: Settings): StreamingWire {
  const chat = { ...settings, structured: 'json-schema', tokenLimitKey: 'max_completion_tokens' } as const
  return {
    endpoint: '/v1/chat/completions',
    body: (request) => chatBody(request, chat),
    read: (body) => readChatReply(body, 'OpenAI'),
    streaming: CHAT_STREAMING,
    reader: chatStream,
  }
}

function responsesWire(settings: Settings): StreamingWire {
  return {
    endpoint: '/v1/responses',
    body: (request) => responsesBody(request, settings),
    read: (body) => readResponse(body, 'OpenAI'),
    streaming: { stream: true },
    reader: responsesStream,
  }
}
