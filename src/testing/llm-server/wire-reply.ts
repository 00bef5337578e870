import { isModelReply, type ModelReply, toAnswer } from './answer.js'
import { anthropicError, anthropicMessage } from './anthropic-wire.js'
import { chatCompletion, openaiError, response } from './openai-wire.js'
import type { LlmApi, RecordedRequest, ScriptedReply } from './scripted-reply.js'

/** Replies that no wire format has. */
export type TransportFault = 'broken' | 'cut' | 'stall'

export function isTransportFault(kind: ScriptedReply['kind']): kind is TransportFault {
  return kind === 'broken' || kind === 'cut' || kind === 'stall'
}

/** A reply as it goes over the wire. */
export interface WireReply {
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body: object
}

/** The reply in the wire format of the request; `broken`, `cut` and `stall` are the transport's own. */
export function wireReply(
  reply: Exclude<ScriptedReply, { kind: TransportFault }>,
  request: RecordedRequest,
  id: string,
): WireReply {
  if (isModelReply(reply)) return { status: 200, body: modelBody(reply, request, id) }
  switch (reply.kind) {
    case 'rate-limit': {
      const { retryAfter } = reply
      const headers = retryAfter === undefined ? {} : { 'retry-after': retryAfter }
      return { ...wireError(request.api, 429, 'Rate limit reached.'), headers }
    }
    case 'context-length':
      return wireError(
        request.api,
        400,
        'prompt is too long: the maximum context length is 8192 tokens',
        'context_length_exceeded',
      )
    case 'raw':
      return { status: reply.status ?? 200, body: reply.body }
    case 'error':
      return wireError(request.api, reply.status, reply.message ?? `The stand-in was told to answer ${reply.status}.`)
  }
}

/** An error in the form of the provider that `api` belongs to. */
export function wireError(api: LlmApi, status: number, message: string, code: string | null = null): WireReply {
  const body =
    api === 'anthropic-messages'
      ? anthropicError(message, anthropicTypes.get(status) ?? 'api_error')
      : openaiError(
          message,
          openaiTypes.get(status) ?? 'server_error',
          code ?? (status === 429 ? 'rate_limit_exceeded' : null),
        )
  return { status, body }
}

const anthropicTypes: ReadonlyMap<number, string> = new Map([
  [400, 'invalid_request_error'],
  [401, 'authentication_error'],
  [403, 'permission_error'],
  [404, 'not_found_error'],
  [413, 'request_too_large'],
  [429, 'rate_limit_error'],
  [529, 'overloaded_error'],
])

const openaiTypes: ReadonlyMap<number, string> = new Map([
  [400, 'invalid_request_error'],
  [401, 'invalid_request_error'],
  [404, 'invalid_request_error'],
  [429, 'requests'],
])

function modelBody(reply: ModelReply, request: RecordedRequest, id: string): object {
  const answer = toAnswer(reply, request)
  switch (request.api) {
    case 'openai-chat':
      return chatCompletion(request, answer, id)
    case 'openai-responses':
      return response(request, answer, id)
    case 'anthropic-messages':
      return anthropicMessage(request, answer, id)
  }
}
