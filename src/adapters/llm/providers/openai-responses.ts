/** OpenAI's Responses: https://platform.openai.com/docs/api-reference/responses/create */

import type { EasyInputMessage, ResponseCreateParamsNonStreaming } from 'openai/resources/responses/responses'
import { z } from 'zod'
import { LlmError } from '../llm-error.js'
import type { LlmMessage, LlmReply, LlmRequest } from '../provider.js'
import { toDataUri } from './image-data.js'
import type { ReasoningEffort } from './openai-client.js'
import { refusal, truncated, unreadable } from './reply-errors.js'

export interface ResponsesSettings {
  readonly model: string
  readonly temperature: number | undefined
  readonly reasoningEffort: ReasoningEffort | undefined
}

export function responsesBody(request: LlmRequest, settings: ResponsesSettings): ResponseCreateParamsNonStreaming {
  return {
    ...countedPart(request, settings.model),
    max_output_tokens: request.maxOutputTokens,
    // Nothing of a task stays with the provider beyond the call.
    store: false,
    ...(request.logprobs ? { include: ['message.output_text.logprobs'] } : {}),
    ...(settings.temperature === undefined ? {} : { temperature: settings.temperature }),
    ...(settings.reasoningEffort === undefined ? {} : { reasoning: { effort: settings.reasoningEffort } }),
  }
}

/** The part of a body whose tokens count as input. */
export function countedPart({ system, messages, schema }: LlmRequest, model: string) {
  return {
    model,
    instructions: system,
    input: messages.map(toMessage),
    text: { format: { type: 'json_schema' as const, name: 'answers', strict: true, schema: { ...schema } } },
  }
}

function toMessage({ role, parts }: LlmMessage): EasyInputMessage {
  if (role === 'assistant') {
    return { role, content: parts.map((part) => (part.kind === 'text' ? part.text : '')).join('') }
  }
  return {
    role,
    content: parts.map((part) =>
      part.kind === 'text'
        ? { type: 'input_text', text: part.text }
        : { type: 'input_image', detail: 'auto', image_url: toDataUri(part.image) },
    ),
  }
}

const responseSchema = z.object({
  status: z.string().nullish(),
  error: z.object({ code: z.string().nullish(), message: z.string() }).nullish(),
  incomplete_details: z.object({ reason: z.string().nullish() }).nullish(),
  output: z.array(
    z.object({
      type: z.string(),
      content: z
        .array(
          z.object({
            type: z.string(),
            text: z.string().nullish(),
            refusal: z.string().nullish(),
            logprobs: z.array(z.object({ token: z.string(), logprob: z.number() })).nullish(),
          }),
        )
        .nullish(),
    }),
  ),
  usage: z
    .object({
      input_tokens: z.number(),
      output_tokens: z.number(),
      input_tokens_details: z
        .object({ cached_tokens: z.number().nullish(), cache_write_tokens: z.number().nullish() })
        .nullish(),
    })
    .nullish(),
})

/** @throws LlmError `refusal`, `truncated`, or `provider` when it failed or is no response */
export function readResponse(body: unknown, provider: string): LlmReply {
  const read = responseSchema.safeParse(body)
  if (!read.success) throw unreadable(provider, read.error)
  const { output, incomplete_details, error, status } = read.data
  const cacheRead = read.data.usage?.input_tokens_details?.cached_tokens ?? 0
  const cacheWrite = read.data.usage?.input_tokens_details?.cache_write_tokens ?? 0
  const usage = {
    input: (read.data.usage?.input_tokens ?? 0) - cacheRead - cacheWrite,
    output: read.data.usage?.output_tokens ?? 0,
    cacheRead,
    cacheWrite,
  }
  const contents = output.flatMap(({ type, content }) => (type === 'message' ? (content ?? []) : []))
  const declined = contents.find(({ type }) => type === 'refusal')
  if (declined !== undefined) throw refusal(provider, declined.refusal ?? '', usage)
  if (incomplete_details?.reason === 'content_filter')
    throw refusal(provider, 'its content filter stopped the answer', usage)
  if (status === 'incomplete') throw truncated(provider, usage)
  if (status === 'failed') {
    throw new LlmError(`${provider} failed: ${error?.code ?? 'no reason given'}`, {
      kind: 'provider',
      retryable: true,
      usage,
    })
  }
  const tokens = contents
    .flatMap(({ logprobs }) => logprobs ?? [])
    .map(({ token, logprob }) => ({ text: token, logprob }))
  return {
    text: contents.map(({ text }) => text ?? '').join(''),
    usage,
    ...(tokens.length === 0 ? {} : { tokens }),
  }
}
