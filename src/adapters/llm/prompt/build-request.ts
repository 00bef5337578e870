import type { Item } from '../../adapter.js'
import type { AnswerSheet } from '../answer-sheet.js'
import type { AnswerIssue } from '../forms/answer-form.js'
import type { LlmMessage, LlmReply, LlmRequest } from '../provider.js'
import { createFence } from './fence.js'
import { systemPrompt } from './system-prompt.js'
import { contentOf, type ShownItem, toParts } from './task-content.js'
import type { Template } from './template.js'

/** An example before the task: what was shown, and the answer to it. */
export interface Shot {
  readonly item: ShownItem
  readonly answers: Readonly<Record<string, unknown>>
}

export interface PromptOptions {
  readonly instructions: string | undefined
  readonly template: Template | undefined
  readonly maxOutputTokens: number
  readonly logprobs: boolean
}

/** The request for one task: system prompt, examples as turns, the task. */
export function buildRequest(
  item: Item,
  sheet: AnswerSheet,
  shots: readonly Shot[],
  { instructions, template, maxOutputTokens, logprobs }: PromptOptions,
): LlmRequest {
  const toMessage = (shown: Shot['item']): LlmMessage => {
    const content = contentOf(shown, template)
    const fence = createFence([...content.texts, ...content.notes].map(({ text }) => text))
    return { role: 'user', parts: toParts(content, fence, template) }
  }
  const turns = shots.flatMap(({ item: shown, answers }) => [toMessage(shown), assistant(JSON.stringify(answers))])
  return {
    system: systemPrompt(sheet.questions, instructions, item.region !== undefined),
    messages: [...turns, toMessage(item)],
    schema: sheet.schema,
    maxOutputTokens,
    logprobs,
  }
}

/** Most issues that go back to the model. */
const MOST_ISSUES = 20

/** The same request again, with the reply that cannot be used and what is wrong with it. */
export function repairRequest(request: LlmRequest, reply: LlmReply, issues: readonly AnswerIssue[]): LlmRequest {
  const lines = issues
    .slice(0, MOST_ISSUES)
    .map(({ path, message }) => `- ${path.join('.') || 'the answer'}: ${message}`)
  const text = `That answer cannot be used:\n${lines.join('\n')}\nGive the whole answer again, with this put right.`
  return {
    ...request,
    messages: [...request.messages, assistant(reply.text), { role: 'user', parts: [{ kind: 'text', text }] }],
  }
}

function assistant(text: string): LlmMessage {
  return { role: 'assistant', parts: [{ kind: 'text', text }] }
}
