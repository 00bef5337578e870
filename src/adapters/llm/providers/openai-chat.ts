/** OpenAI's Chat Completions: https://platform.openai.com/docs/api-reference/chat/create */

import type {
  ChatCompletionCreateParamsNonStreaming,
  ChatCompletionMessageParam,
} from 'openai/resources/chat/completions'
import { z } from 'zod'
import type { LlmMessage, LlmReply, LlmRequest, LlmUsage } from '../provider.js'
import { toDataUri } from './image-data.js'
import type { ReasoningEffort } from './openai-client.js'
import { refusal, truncated, unreadable } from './reply-errors.js'
import type { StructuredOutput } from './structured-output.js'

export interface ChatSettings {
  readonly model: string
  readonly temperature: number | undefined
  readonly reasoningEffort?: ReasoningEffort | undefined
  readonly structured: StructuredOutput
  /** Older servers know the limit as `max_tokens`. */
  readonly tokenLimitKey: 'max_completion_tokens' | 'max_tokens'
}

export function chatBody(request: LlmRequest, settings: ChatSettings): ChatCompletionCreateParamsNonStreaming {
  return {
    model: settings.model,
    messages: [
      { role: 'system', content: systemText(request, settings.structured) },
      ...request.messages.map(toMessage),
    ],
    [settings.tokenLimitKey]: request.maxOutputTokens,
    ...responseFormat(request, settings.structured),
    ...(request.logprobs ? { logprobs: true } : {}),
    ...(settings.temperature === undefined ? {} : { temperature: settings.temperature }),
    ...(settings.reasoningEffort === undefined ? {} : { reasoning_effort: settings.reasoningEffort }),
  }
}

/** The system prompt; it says the schema where the server does not hold the model to it. */
function systemText({ system, schema }: LlmRequest, structured: StructuredOutput): string {
  if (structured === 'json-schema') return system
  return `${system}\n\nThe JSON schema of the answer:\n${JSON.stringify(schema)}`
}

function responseFormat(
  { schema }: LlmRequest,
  structured: StructuredOutput,
): Pick<ChatCompletionCreateParamsNonStreaming, 'response_format'> {
  if (structured === 'none') return {}
  if (structured === 'json-object') return { response_format: { type: 'json_object' } }
  return {
    response_format: { type: 'json_schema', json_schema: { name: 'answers', strict: true, schema: { ...schema } } },
  }
}

function toMessage({ role, parts }: LlmMessage): ChatCompletionMessageParam {
  if (role === 'assistant') {
    return { role, content: parts.map((part) => (part.kind === 'text' ? part.text : '')).join('') }
  }
  return {
    role,
    content: parts.map((part) =>
      part.kind === 'text'
        ? { type: 'text', text: part.text }
        : { type: 'image_url', image_url: { url: toDataUri(part.image) } },
    ),
  }
}

const completion = z.object({
  choices: z
    .array(
      z.object({
        message: z.object({ content: z.string().nullish(), refusal: z.string().nullish() }),
        finish_reason: z.string().nullish(),
        logprobs: z
          .object({ content: z.array(z.object({ token: z.string(), logprob: z.number() })).nullish() })
          .nullish(),
      }),
    )
    .min(1),
  usage: z
    .object({
      prompt_tokens: z.number(),
      completion_tokens: z.number(),
      prompt_tokens_details: z
        .object({ cached_tokens: z.number().nullish(), cache_write_tokens: z.number().nullish() })
        .nullish(),
    })
    .nullish(),
})

/** @throws LlmError `refusal`, `truncated`, or `provider` when it is no chat completion */
export function readChatReply(body: unknown, provider: string): LlmReply {
  const read = completion.safeParse(body)
  const [choice] = read.data?.choices ?? []
  if (choice === undefined) throw unreadable(provider, read.error)
  const usage = toUsage(read.data?.usage ?? undefined)
  const { content, refusal: declined } = choice.message
  if (typeof declined === 'string' || choice.finish_reason === 'content_filter') {
    throw refusal(provider, declined ?? 'its content filter stopped the answer', usage)
  }
  if (choice.finish_reason === 'length') throw truncated(provider, usage)
  const tokens = choice.logprobs?.content?.map(({ token, logprob }) => ({ text: token, logprob }))
  return { text: content ?? '', usage, ...(tokens === undefined ? {} : { tokens }) }
}

function toUsage(usage: NonNullable<z.infer<typeof completion>['usage']> | undefined): LlmUsage {
  const cacheRead = usage?.prompt_tokens_details?.cached_tokens ?? 0
  const cacheWrite = usage?.prompt_tokens_details?.cache_write_tokens ?? 0
  return {
    input: (usage?.prompt_tokens ?? 0) - cacheRead - cacheWrite,
    output: usage?.completion_tokens ?? 0,
    cacheRead,
    cacheWrite,
  }
}
