import { z } from 'zod'
import { checkOptions } from '../check-options.js'
import { estimateTokens } from '../estimate-tokens.js'
import { LlmError } from '../llm-error.js'
import type { LlmProvider, LlmRequest } from '../provider.js'
import { call, publicUrl } from './call.js'
import { chatBody, readChatReply } from './openai-chat.js'
import { connectionOptions, lazyOpenAi, type OpenAiClient, type OpenAiConnection } from './openai-client.js'
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
  const checked = checkOptions('openaiCompatible', optionsSchema, options)
  const { name, model, vision, logprobs, temperature, tokenLimitKey } = checked
  const client = lazyOpenAi(options, () => 'none')
  let structured: StructuredOutput = checked.structured

  async function complete(request: LlmRequest, sdk: OpenAiClient, options: object) {
    const body = chatBody(request, { model, temperature, structured, tokenLimitKey })
    return readChatReply(await sdk.chat.completions.create(body, options), name)
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
          return await call(name, context, async (options) => complete(request, await client(), options))
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
