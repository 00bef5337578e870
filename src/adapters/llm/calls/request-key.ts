import type { LlmMessage, LlmProvider, LlmRequest } from '../provider.js'

/** A hash of all that an answer depends on: provider, model, settings, and the whole request; pictures by their hash. */
export function requestKey({ name, model, settings }: LlmProvider, request: LlmRequest): Promise<string> {
  const messages = request.messages.map(({ role, parts }: LlmMessage) => [
    role,
    parts.map((part) => (part.kind === 'text' ? part.text : { image: part.image.hash })),
  ])
  return sha256(JSON.stringify([name, model, settings ?? null, { ...request, messages }]))
}

async function sha256(text: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}
