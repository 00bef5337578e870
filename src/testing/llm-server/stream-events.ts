/** Answers as server-sent events, in pieces, as each API streams them. */

import type { Answer } from './answer.js'
import { anthropicMessage } from './anthropic-wire.js'
import { chatCompletion, response } from './openai-wire.js'
import type { RecordedRequest } from './scripted-reply.js'

/** One event: its name where the API gives one, and its data; a text is sent as it is. */
export interface StreamEvent {
  readonly name?: string
  readonly data: object | string
}

const PIECE = /[\s\S]{1,12}/gu

export function streamEvents(request: RecordedRequest, answer: Answer, id: string): readonly StreamEvent[] {
  const pieces = answer.text.match(PIECE) ?? []
  switch (request.api) {
    case 'openai-chat':
      return chatEvents(request, answer, pieces, id)
    case 'openai-responses':
      return responseEvents(request, answer, pieces, id)
    case 'anthropic-messages':
      return messageEvents(request, answer, pieces, id)
  }
}

function chatEvents(request: RecordedRequest, answer: Answer, pieces: readonly string[], id: string): StreamEvent[] {
  const { choices, usage, ...whole } = chatCompletion(request, answer, id)
  const [{ finish_reason, logprobs }] = choices
  const chunk = (choice: object, more: object = {}) => ({
    data: { ...whole, object: 'chat.completion.chunk', choices: [{ index: 0, ...choice }], ...more },
  })
  return [
    chunk({ delta: { role: 'assistant', content: '' }, finish_reason: null }),
    ...pieces.map((piece, index) =>
      chunk({
        delta: answer.refused ? { refusal: piece } : { content: piece },
        ...(index === 0 ? { logprobs } : {}),
        finish_reason: null,
      }),
    ),
    chunk({ delta: {}, finish_reason }),
    { data: { ...whole, object: 'chat.completion.chunk', choices: [], usage } },
    { data: '[DONE]' },
  ]
}

function responseEvents(
  request: RecordedRequest,
  answer: Answer,
  pieces: readonly string[],
  id: string,
): StreamEvent[] {
  const whole = response(request, answer, id)
  const event = (type: string, more: object) => ({ name: type, data: { type, ...more } })
  const delta = answer.refused ? 'response.refusal.delta' : 'response.output_text.delta'
  return [
    event('response.created', { response: { ...whole, status: 'in_progress', output: [], usage: null } }),
    ...pieces.map((piece) => event(delta, { output_index: 0, content_index: 0, delta: piece })),
    event(answer.truncated ? 'response.incomplete' : 'response.completed', { response: whole }),
  ]
}

function messageEvents(request: RecordedRequest, answer: Answer, pieces: readonly string[], id: string): StreamEvent[] {
  const { content, stop_reason, stop_sequence, stop_details, usage, ...whole } = anthropicMessage(request, answer, id)
  const event = (type: string, more: object) => ({ name: type, data: { type, ...more } })
  const started = {
    ...whole,
    content: [],
    stop_reason: null,
    stop_sequence: null,
    usage: { ...usage, output_tokens: 1 },
  }
  const block = [
    event('content_block_start', { index: 0, content_block: { type: 'text', text: '' } }),
    ...pieces.map((text) => event('content_block_delta', { index: 0, delta: { type: 'text_delta', text } })),
    event('content_block_stop', { index: 0 }),
  ]
  return [
    event('message_start', { message: started }),
    event('ping', {}),
    ...(content.length === 0 ? [] : block),
    event('message_delta', {
      delta: { stop_reason, stop_sequence, stop_details },
      usage: { output_tokens: usage.output_tokens },
    }),
    event('message_stop', {}),
  ]
}
