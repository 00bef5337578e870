/** Bodies of OpenAI's Chat Completions and Responses, success and error. */

import type { Answer } from './answer.js'
import type { RecordedRequest } from './scripted-reply.js'

export function chatCompletion({ model, logprobs }: RecordedRequest, answer: Answer, id: string) {
  const { inputTokens, outputTokens, cachedTokens } = answer.usage
  const choice = {
    index: 0,
    message: {
      role: 'assistant',
      content: answer.refused ? null : answer.text,
      refusal: answer.refused ? answer.text : null,
    },
    finish_reason: answer.truncated ? 'length' : 'stop',
    logprobs: logprobs ? { content: answer.tokens.map(toTokenLogprob), refusal: null } : null,
  }
  return {
    id: `chatcmpl-${id}`,
    object: 'chat.completion',
    created: 0,
    model,
    choices: [choice] as const,
    usage: {
      prompt_tokens: inputTokens,
      completion_tokens: outputTokens,
      total_tokens: inputTokens + outputTokens,
      prompt_tokens_details: { cached_tokens: cachedTokens, audio_tokens: 0 },
    },
  }
}

export function response({ model, logprobs }: RecordedRequest, answer: Answer, id: string): object {
  const { inputTokens, outputTokens, cachedTokens } = answer.usage
  const content = answer.refused
    ? { type: 'refusal', refusal: answer.text }
    : {
        type: 'output_text',
        text: answer.text,
        annotations: [],
        logprobs: logprobs ? answer.tokens.map(toTokenLogprob) : [],
      }
  return {
    id: `resp_${id}`,
    object: 'response',
    created_at: 0,
    model,
    status: answer.truncated ? 'incomplete' : 'completed',
    incomplete_details: answer.truncated ? { reason: 'max_output_tokens' } : null,
    error: null,
    output: [{ id: `msg_${id}`, type: 'message', role: 'assistant', status: 'completed', content: [content] }],
    usage: {
      input_tokens: inputTokens,
      input_tokens_details: { cached_tokens: cachedTokens },
      output_tokens: outputTokens,
      output_tokens_details: { reasoning_tokens: 0 },
      total_tokens: inputTokens + outputTokens,
    },
  }
}

/** `code` as OpenAI gives it: `rate_limit_exceeded`, `context_length_exceeded`, … */
export function openaiError(message: string, type: string, code: string | null): object {
  return { error: { message, type, param: null, code } }
}

function toTokenLogprob({ token, logprob }: { token: string; logprob: number }): object {
  return { token, logprob, bytes: [...Buffer.from(token)], top_logprobs: [] }
}
