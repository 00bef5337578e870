import { z } from 'zod'
import type { ControlTag } from '../../../config/labeling-config.js'
import type { Task } from '../../../results/task.js'
import { createTextIndex, type TextIndex, type TextRange } from '../../../results/text/index.js'
import type { ItemInput } from '../../adapter.js'
import { readText } from '../../text/item-texts.js'
import { type ReadingText, readingText } from '../../text/reading-text.js'
import { type AnswerForm, type FormOptions, scored } from './answer-form.js'
import { listForm } from './make-form.js'
import { flatLabels, listWords, oneOf } from './vocabulary.js'

const quoted = {
  quote: z.string().min(1),
  /** Which of several: 1 is the first. */
  occurrence: z.int().min(1),
}

/** `<Labels>` and its kin on texts and dialogues: spans by quote. A quote that is not there is refused, never guessed. */
export function spansForm(control: ControlTag, task: Task, options: FormOptions): AnswerForm | undefined {
  const labels = flatLabels(control, task)
  if (labels.length === 0) return undefined
  const label = oneOf(labels.map(({ word }) => word))
  const instruction = (where: string) =>
    `every stretch of ${where} that one of the labels fits, in order: \`quote\` copies it letter by letter, as short as is right; \`occurrence\` says which of several equal quotes, 1 for the first. An empty list if there is none:\n${listWords(labels)}`

  if (control.tag === 'ParagraphLabels') {
    const element = z.strictObject({ label, utterance: z.int().min(0), ...quoted })
    const where = 'the dialogue, each within one utterance (`utterance` is its number)'
    return listForm(element, instruction(where), options, (inputs) => {
      const indexes = utterancesOf(shownBy(control, inputs)).map(createTextIndex)
      return (found, score) => {
        const { utterance } = found
        const index = indexes[utterance]
        if (index === undefined) return `there is no utterance ${utterance}`
        const range = locate(index, found)
        if (typeof range === 'string') return range
        return [{ kind: 'span', label: found.label, utterance, ...range, ...scored(score) }]
      }
    })
  }
  return listForm(z.strictObject({ label, ...quoted }), instruction('the text'), options, (inputs) => {
    const shown = textOf(shownBy(control, inputs))
    const index = createTextIndex(shown.text)
    return (found, score) => {
      const range = locate(index, found)
      if (typeof range === 'string') return range
      const places = shown.placesOf(range.start, range.end)
      return places.map((place) => ({ kind: 'span', label: found.label, ...place, ...scored(score) }))
    }
  })
}

function shownBy({ toName }: ControlTag, inputs: readonly ItemInput[]): ItemInput | undefined {
  return inputs.find(({ object }) => toName.includes(object.name))
}

function textOf(shown: ItemInput | undefined): ReadingText {
  return shown?.input.kind === 'text' ? readText(shown.input, shown.object) : readingText('')
}

function utterancesOf(shown: ItemInput | undefined): readonly string[] {
  return shown?.input.kind === 'dialogue' ? shown.input.utterances.map(({ text }) => text) : []
}

/** Where a quote stands, or why it is refused. */
function locate(
  index: TextIndex,
  { quote, occurrence }: { readonly quote: string; readonly occurrence: number },
): TextRange | string {
  const range = index.findQuote(quote, occurrence - 1)
  if (range !== undefined) return { start: range.start, end: range.end }
  const shown = JSON.stringify(quote.slice(0, 80))
  if (index.findQuote(quote) === undefined) return `the quote ${shown} is not in the text, letter by letter`
  return `the quote ${shown} does not occur ${occurrence} times`
}
