import { LlmError } from '../llm-error.js'
import type { LlmUsage } from '../provider.js'

/** The model declined to answer. */
export function refusal(provider: string, said: string, usage: LlmUsage): LlmError {
  return new LlmError(`${provider} declined: ${said === '' ? 'no reason given' : firstLine(said)}`, {
    kind: 'refusal',
    usage,
    hint: 'Look at the task; a clearer instruction of what the labels are for often helps.',
  })
}

/** The answer reached the token limit. */
export function truncated(provider: string, usage: LlmUsage): LlmError {
  return new LlmError(`${provider} was cut off at the limit of output tokens`, {
    kind: 'truncated',
    usage,
    hint: 'Raise `maxOutputTokens`; thinking counts as output.',
  })
}

/** A reply that is not in the provider's own format. */
export function unreadable(provider: string, cause: unknown): LlmError {
  return new LlmError(`${provider} sent a reply that is not in its format`, {
    kind: 'provider',
    retryable: true,
    cause,
  })
}

function firstLine(text: string): string {
  return (text.split('\n', 1)[0] ?? '').slice(0, 200)
}
