/** Bodies of Anthropic's Messages, success and error. */

import type { Answer } from './answer.js'
import type { RecordedRequest } from './scripted-reply.js'

export function anthropicMessage({ model }: RecordedRequest, answer: Answer, id: string) {
  const { inputTokens, outputTokens, cachedTokens } = answer.usage
  return {
    id: `msg_${id}`,
    type: 'message',
    role: 'assistant',
    model,
    content: answer.refused ? [] : [{ type: 'text', text: answer.text, citations: null }],
    stop_reason: answer.refused ? 'refusal' : answer.truncated ? 'max_tokens' : 'end_turn',
    stop_sequence: null,
    stop_details: answer.refused ? { type: 'refusal', category: null, explanation: answer.text } : null,
    usage: {
      input_tokens: inputTokens - cachedTokens,
      output_tokens: outputTokens,
      cache_read_input_tokens: cachedTokens,
      cache_creation_input_tokens: 0,
    },
  }
}

/** `type` as Anthropic gives it: `rate_limit_error`, `invalid_request_error`, `overloaded_error`, … */
export function anthropicError(message: string, type: string): object {
  return { type: 'error', error: { type, message } }
}
