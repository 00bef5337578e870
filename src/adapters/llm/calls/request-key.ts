import { createHash } from 'node:crypto'
import type { LlmMessage, LlmProvider, LlmRequest } from '../provider.js'

/** A hash of all that an answer depends on: provider, model, settings, and the whole request; pictures by their hash. */
export function requestKey({ name, model, settings }: LlmProvider, request: LlmRequest): string {
  const messages = request.messages.map(({ role, parts }: LlmMessage) => [
    role,
    parts.map((part) => (part.kind === 'text' ? part.text : { image: part.image.hash })),
  ])
  const whole = JSON.stringify([name, model, settings ?? null, { ...request, messages }])
  return createHash('sha256').update(whole).digest('hex')
}
