import { exampleOfSchema } from './example-of-schema.js'
import type { RecordedRequest, ScriptedReply, ScriptedToken, ScriptedUsage } from './scripted-reply.js'

/** What a model would have produced: the part of a reply that the wire formats have in common. */
export interface Answer {
  readonly text: string
  readonly refused: boolean
  readonly truncated: boolean
  readonly tokens: readonly ScriptedToken[]
  readonly usage: Required<ScriptedUsage>
}

/** Replies that are a model's answer, as opposed to a failure of the transport. */
export type ModelReply = Extract<ScriptedReply, { kind: 'answer' | 'refusal' | 'truncated' }>

export function isModelReply(reply: ScriptedReply): reply is ModelReply {
  return reply.kind === 'answer' || reply.kind === 'refusal' || reply.kind === 'truncated'
}

export function toAnswer(reply: ModelReply, request: RecordedRequest): Answer {
  const text = textOf(reply, request)
  const counted = { inputTokens: tokensOfRequest(request), outputTokens: tokensOfText(text), cachedTokens: 0 }
  return {
    text,
    refused: reply.kind === 'refusal',
    truncated: reply.kind === 'truncated',
    tokens: (reply.kind === 'answer' ? reply.tokens : undefined) ?? splitTokens(text),
    usage: reply.kind === 'answer' ? { ...counted, ...reply.usage } : counted,
  }
}

function textOf(reply: ModelReply, request: RecordedRequest): string {
  if (reply.kind === 'refusal') return reply.text ?? 'I cannot help with that.'
  if (reply.kind === 'truncated') return reply.text ?? '{"'
  if (reply.text !== undefined) return reply.text
  if (reply.json !== undefined) return JSON.stringify(reply.json)
  return request.schema === undefined ? 'an example' : JSON.stringify(exampleOfSchema(request.schema))
}

/** Four characters a token, as is usual for English. */
function tokensOfText(text: string): number {
  return Math.ceil(text.length / 4)
}

/** What the stand-in bills for a request. */
export function tokensOfRequest(request: RecordedRequest): number {
  const texts = [request.system, ...request.messages.map(({ text }) => text), JSON.stringify(request.schema ?? '')]
  const images = request.messages.reduce((count, { images }) => count + images.length, 0)
  return texts.reduce((count, text) => count + tokensOfText(text), 0) + 1000 * images
}

function splitTokens(text: string): readonly ScriptedToken[] {
  return (text.match(/[\p{L}\p{N}]+|\s+|[^\p{L}\p{N}\s]/gu) ?? []).map((token) => ({ token, logprob: -0.01 }))
}
