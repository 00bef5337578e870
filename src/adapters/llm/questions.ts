/** From an item to the requests that answer it. */

import type { ControlTag } from '../../config/labeling-config.js'
import type { Item } from '../adapter.js'
import { type AnswerSheet, createSheets } from './answer-sheet.js'
import { createExampleSelector } from './examples/select-examples.js'
import type { CheckedOptions } from './options.js'
import { createPreparePictures } from './pictures/prepare-pictures.js'
import { buildRequest } from './prompt/build-request.js'
import type { PromptMemory } from './prompt/prompt-memory.js'
import type { LlmRequest } from './provider.js'

export interface Questionnaire {
  readonly sheet: AnswerSheet
  /** One, or one for each sample; none when there is nothing to ask. */
  readonly requests: readonly LlmRequest[]
}

/** @throws PrelabelError `llm-template-field`, `llm-input` (what a model cannot be shown, or not surely as it is), `invalid-llm-example` */
export type Ask = (item: Item) => Promise<Questionnaire>

/** Makes the requests of items: the questions to the controls, examples, instructions and what the annotator typed. */
export function createAsk(options: CheckedOptions, prompts: PromptMemory): Ask {
  const { abstain, confidence, instructions, template, maxOutputTokens, promptPrefix } = options
  const sheetFor = createSheets(
    { abstain, stated: confidence === 'stated' },
    (control) => !holdsPrompt(control, promptPrefix),
  )
  const examples = options.examples === undefined ? undefined : createExampleSelector(options.examples)
  const preparePictures = createPreparePictures(options.maxImageSide)
  const samples = typeof confidence === 'object' ? confidence.samples : 1

  return async (item) => {
    const sheet = sheetFor(item)
    if (sheet.questions.length === 0) return { sheet, requests: [] }
    const shown = await preparePictures(item, sheet.questions)
    // Examples are whole tasks, and say nothing of regions.
    const shots = item.region === undefined ? (examples?.for(item, sheet) ?? []) : []
    const request = buildRequest(shown, sheet, shots, {
      instructions: [instructions, prompts.for(item)].filter((text) => text !== undefined).join('\n\n') || undefined,
      template,
      maxOutputTokens,
      logprobs: confidence === 'logprobs',
    })
    return {
      sheet,
      requests: Array.from({ length: samples }, (_, sample) => (sample === 0 ? request : { ...request, sample })),
    }
  }
}

/** True for a `<TextArea>` in which annotators write prompts. */
function holdsPrompt({ tag, name }: ControlTag, prefix: string | undefined): boolean {
  return prefix !== undefined && tag === 'TextArea' && name.startsWith(prefix)
}
