/** Streams of OpenAI's two APIs, put together to the bodies that come without streaming. */

import { z } from 'zod'
import type { StreamReader } from './read-stream.js'

const chunk = z.object({
  choices: z.array(
    z.object({
      delta: z.object({ content: z.string().nullish(), refusal: z.string().nullish() }).nullish(),
      finish_reason: z.string().nullish(),
      logprobs: z.object({ content: z.array(z.unknown()).nullish() }).nullish(),
    }),
  ),
  usage: z.unknown().optional(),
})

/** What a body of Chat Completions has for its stream to end with the bill. */
export const CHAT_STREAMING = { stream: true, stream_options: { include_usage: true } } as const

export function chatStream(): StreamReader<object> {
  const message: { content: string; refusal: string | undefined } = { content: '', refusal: undefined }
  const logprobs: unknown[] = []
  let finish_reason: string | undefined
  let usage: unknown
  return {
    take(event) {
      const { choices = [], usage: billed } = chunk.safeParse(event).data ?? {}
      usage = billed ?? usage
      for (const { delta, finish_reason: finished, logprobs: more } of choices) {
        message.content += delta?.content ?? ''
        if (typeof delta?.refusal === 'string') message.refusal = (message.refusal ?? '') + delta.refusal
        logprobs.push(...(more?.content ?? []))
        finish_reason = finished ?? finish_reason
      }
    },
    body: () =>
      finish_reason === undefined
        ? undefined
        : {
            choices: [{ message, finish_reason, logprobs: logprobs.length === 0 ? null : { content: logprobs } }],
            usage,
          },
  }
}

const ended = z.object({
  type: z.enum(['response.completed', 'response.incomplete', 'response.failed']),
  response: z.record(z.string(), z.unknown()),
})

/** The last event holds the whole response. */
export function responsesStream(): StreamReader<object> {
  let whole: object | undefined
  return {
    take(event) {
      whole = ended.safeParse(event).data?.response ?? whole
    },
    body: () => whole,
  }
}
