import { z } from 'zod'
import { parseOptions } from '../../../parse-options.js'
import { estimateTokens } from '../estimate-tokens.js'
import { LlmError } from '../llm-error.js'
import { llmOptions } from '../options-owner.js'
import type { CallContext, LlmProvider, LlmRequest } from '../provider.js'
import { CALL_TIMEOUT, type CallOptions, call, publicUrl } from './call.js'
import { chatBody, readChatReply } from './openai-chat.js'
import { connectionOptions, lazyOpenAi, type OpenAiConnection } from './openai-client.js'
import { CHAT_STREAMING, chatStream } from './openai-streams.js'
import { readStream } from './read-stream.js'
import { type StructuredOutput, structuredOutputs } from './structured-output.js'

export interface OpenAiCompatibleOptions extends OpenAiConnection {
  /** `http://localhost:11434/v1` (Ollama), `http://localhost:8000/v1` (vLLM), `https://<name>.openai.azure.com/openai/v1/`, … */
  readonly baseURL: string
  readonly model: string
  /** Sent as a bearer token. OPENAI_API_KEY is never sent to another server on its own. @default none */
  readonly apiKey?: string
  /** Name in prices and messages. @default 'openai-compatible' */
  readonly name?: string
  /** The model takes pictures. @default false */
  readonly vision?: boolean
  /** The server gives token log-probabilities. @default false */
  readonly logprobs?: boolean
  /** How the server holds the model to a schema; a server that refuses one way is asked in the next. @default 'json-schema' */
  readonly structured?: StructuredOutput
  /** @default the server's own */
  readonly temperature?: number
  /** How the server calls the limit of output tokens. @default 'max_tokens' */
  readonly tokenLimitKey?: 'max_completion_tokens' | 'max_tokens'
}

const optionsSchema = z.strictObject({
  ...connectionOptions,
  baseURL: z.url(),
  model: z.string().min(1),
  name: z.string().min(1).default('openai-compatible'),
  vision: z.boolean().default(false),
  logprobs: z.boolean().default(false),
  structured: z.enum(structuredOutputs).default('json-schema'),
  temperature: z.number().min(0).max(2).optional(),
  tokenLimitKey: z.enum(['max_completion_tokens', 'max_tokens']).default('max_tokens'),
})

/**
 * A model behind any server that speaks OpenAI's Chat Completions: Azure, Ollama, vLLM, LM Studio, llama.cpp, …
 *
 * @throws PrelabelError `invalid-llm-options`
 */
export function openaiCompatible(options: OpenAiCompatibleOptions): LlmProvider {
  const checked = parseOptions(llmOptions('openaiCompatible'), optionsSchema, options)
  const { name, model, vision, logprobs, temperature, tokenLimitKey, stream = false, timeout = CALL_TIMEOUT } = checked
  const client = lazyOpenAi(options, () => 'none')
  let structured: StructuredOutput = checked.structured

  async function complete(request: LlmRequest, context: CallContext) {
    const body = chatBody(request, { model, temperature, structured, tokenLimitKey })
    const create = async (more: object, options: CallOptions) =>
      (await client()).chat.completions.create({ ...body, ...more }, options)
    const reply = stream
      ? await readStream(name, context, timeout, chatStream(), (options) => create(CHAT_STREAMING, options))
      : await call(name, context, (options) => create({}, options))
    return readChatReply(reply, name)
  }

  return {
    name,
    model,
    vision,
    logprobs,
    settings: { baseURL: publicUrl(options.baseURL), temperature, structured: checked.structured },
    async complete(request, context) {
      for (;;) {
        const asked = structured
        try {
          return await complete(request, context)
        } catch (error) {
          const next = structuredOutputs[structuredOutputs.indexOf(asked) + 1]
          if (next === undefined || !refusesFormat(error)) throw error
          if (structured === asked) structured = next
        }
      }
    },
    countTokens: async (request) => estimateTokens(request),
  }
}

/** True when a server that lacks a way of structured output said so. */
function refusesFormat(error: unknown): boolean {
  return (
    error instanceof LlmError &&
    error.kind === 'provider' &&
    !error.retryable &&
    /response_format|json_schema|json_object|structured/i.test(error.message)
  )
}
