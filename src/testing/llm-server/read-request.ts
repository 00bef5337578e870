/** Reads the bodies of the three wire formats into one form. */

import { z } from 'zod'
import type { LlmApi, RecordedMessage, RecordedRequest } from './scripted-reply.js'

const part = z.looseObject({
  type: z.string(),
  text: z.string().optional(),
  image_url: z.union([z.string(), z.looseObject({ url: z.string() })]).optional(),
  source: z.looseObject({ media_type: z.string().optional(), data: z.string().optional() }).optional(),
})
const content = z.union([z.string(), z.array(part)])
const message = z.looseObject({ role: z.string(), content })
const schema = z.record(z.string(), z.unknown())

const bodies = {
  'openai-chat': z.looseObject({
    model: z.string(),
    messages: z.array(message).min(1),
    logprobs: z.boolean().optional(),
    response_format: z.looseObject({ json_schema: z.looseObject({ schema }).optional() }).optional(),
  }),
  'openai-responses': z.looseObject({
    model: z.string(),
    instructions: z.string().optional(),
    input: z.union([z.string(), z.array(message)]),
    include: z.array(z.string()).optional(),
    text: z.looseObject({ format: z.looseObject({ schema: schema.optional() }).optional() }).optional(),
  }),
  'anthropic-messages': z.looseObject({
    model: z.string(),
    max_tokens: z.number().int().min(1).optional(),
    system: content.optional(),
    messages: z.array(message).min(1),
    output_config: z.looseObject({ format: z.looseObject({ schema }).optional() }).optional(),
  }),
}

/** @throws ZodError when the body is not one of this wire format */
export function readRequest(api: LlmApi, body: unknown): RecordedRequest {
  switch (api) {
    case 'openai-chat':
      return readChat(bodies[api].parse(body))
    case 'openai-responses':
      return readResponses(bodies[api].parse(body))
    case 'anthropic-messages':
      return readMessages(bodies[api].parse(body))
  }
}

function readChat(body: z.infer<(typeof bodies)['openai-chat']>): RecordedRequest {
  const format = body.response_format?.json_schema?.schema
  const messages = body.messages.map(readMessage)
  return {
    api: 'openai-chat',
    model: body.model,
    ...splitSystem(messages),
    ...(format === undefined ? {} : { schema: format }),
    logprobs: body.logprobs === true,
    body,
  }
}

function readResponses(body: z.infer<(typeof bodies)['openai-responses']>): RecordedRequest {
  const input = typeof body.input === 'string' ? [{ role: 'user', content: body.input }] : body.input
  const { system, messages } = splitSystem(input.map(readMessage))
  const format = body.text?.format?.schema
  return {
    api: 'openai-responses',
    model: body.model,
    system: [body.instructions ?? '', system].filter((text) => text !== '').join('\n'),
    messages,
    ...(format === undefined ? {} : { schema: format }),
    logprobs: body.include?.includes('message.output_text.logprobs') ?? false,
    body,
  }
}

function readMessages(body: z.infer<(typeof bodies)['anthropic-messages']>): RecordedRequest {
  const format = body.output_config?.format?.schema
  return {
    api: 'anthropic-messages',
    model: body.model,
    system: readMessage({ role: 'system', content: body.system ?? '' }).text,
    messages: body.messages.map(readMessage),
    ...(format === undefined ? {} : { schema: format }),
    logprobs: false,
    body,
  }
}

function splitSystem(messages: readonly RecordedMessage[]) {
  const isSystem = ({ role }: RecordedMessage) => role === 'system' || role === 'developer'
  return {
    system: messages
      .filter(isSystem)
      .map(({ text }) => text)
      .join('\n'),
    messages: messages.filter((entry) => !isSystem(entry)),
  }
}

function readMessage({ role, content }: z.infer<typeof message>): RecordedMessage {
  if (typeof content === 'string') return { role, text: content, images: [] }
  return {
    role,
    text: content.flatMap(({ text }) => text ?? []).join('\n'),
    images: content.flatMap(readImage),
  }
}

function readImage({ image_url, source }: z.infer<typeof part>): string[] {
  if (image_url !== undefined) return [typeof image_url === 'string' ? image_url : image_url.url]
  return source?.data === undefined ? [] : [`data:${source.media_type};base64,${source.data}`]
}
