import { z } from 'zod'
import type { ControlTag } from '../../../config/labeling-config.js'
import type { Span } from '../../../results/findings.js'
import type { Task } from '../../../results/task.js'
import { createTextIndex, type TextIndex } from '../../../results/text/index.js'
import type { ItemInput } from '../../adapter.js'
import { type AnswerForm, type FormOptions, scored } from './answer-form.js'
import { listForm } from './make-form.js'
import { flatLabels, listWords, oneOf } from './vocabulary.js'

const quoted = {
  quote: z.string().min(1),
  /** Which of several: 1 is the first. */
  occurrence: z.int().min(1),
}

/** `<Labels>` and its kin on texts and dialogues: spans by quote. A quote that is not there is refused, never guessed. */
export function spansForm(
  control: ControlTag,
  task: Task,
  inputs: readonly ItemInput[],
  options: FormOptions,
): AnswerForm | undefined {
  const input = inputs.find(({ object }) => control.toName.includes(object.name))?.input
  const labels = flatLabels(control, task)
  if (labels.length === 0) return undefined
  const label = oneOf(labels.map(({ word }) => word))
  const ask = (where: string) =>
    `every stretch of ${where} that one of the labels fits, in order: \`quote\` copies it letter by letter, as short as is right; \`occurrence\` says which of several equal quotes, 1 for the first. An empty list if there is none:\n${listWords(labels)}`

  if (input?.kind === 'text') {
    const index = createTextIndex(input.text)
    return listForm(z.strictObject({ label, ...quoted }), ask('the text'), options, (found, score) => {
      const span = locate(index, found)
      return typeof span === 'string' ? span : [{ kind: 'span', label: found.label, ...span, ...scored(score) }]
    })
  }
  if (input?.kind === 'dialogue') {
    const indexes = input.utterances.map(({ text }) => createTextIndex(text))
    const element = z.strictObject({ label, utterance: z.int().min(0), ...quoted })
    const where = 'the dialogue, each within one utterance (`utterance` is its number)'
    return listForm(element, ask(where), options, (found, score) => {
      const index = indexes[found.utterance]
      if (index === undefined) return `there is no utterance ${found.utterance}`
      const span = locate(index, found)
      if (typeof span === 'string') return span
      return [{ kind: 'span', label: found.label, utterance: found.utterance, ...span, ...scored(score) }]
    })
  }
  return undefined
}

function locate(index: TextIndex, { quote, occurrence }: { quote: string; occurrence: number }) {
  const range = index.findQuote(quote, occurrence - 1)
  if (range !== undefined) return { start: range.start, end: range.end } satisfies Partial<Span>
  const shown = JSON.stringify(quote.slice(0, 80))
  if (index.findQuote(quote) === undefined) return `the quote ${shown} is not in the text, letter by letter`
  return `the quote ${shown} does not occur ${occurrence} times`
}
