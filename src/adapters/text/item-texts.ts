import type { ObjectTag } from '../../config/labeling-config.js'
import { PrelabelError } from '../../errors.js'
import type { DialogueInput, TextInput } from '../../media/inputs.js'
import { indexHyperText } from '../../results/text/index.js'
import { type ReadingText, readingText } from './reading-text.js'

/** One text of an item; `utterance` where the item is a dialogue. */
export interface ItemText extends ReadingText {
  readonly utterance?: number
}

/**
 * The texts that an item shows: one, or each utterance of a dialogue. Those of a HyperText have line breaks where blocks
 * meet.
 *
 * @throws PrelabelError `text-expected`, `text-too-long`
 */
export function textsOf(
  { input, object }: { readonly input: TextInput | DialogueInput; readonly object?: ObjectTag },
  maxCharacters: number,
): ItemText[] {
  const texts = input.kind === 'dialogue' ? input.utterances : [input]
  const total = texts.reduce((sum, { text }) => sum + checkText(text).length, 0)
  if (total > maxCharacters)
    throw new PrelabelError(`The text is ${total} characters long, more than ${maxCharacters}`, {
      code: 'text-too-long',
      hint: 'Split the task, or raise `maxCharacters`.',
    })
  if (input.kind === 'dialogue')
    return input.utterances.map(({ text }, utterance) => ({ ...readingText(text), utterance }))
  return [readText(input, object)]
}

/** A text, or a HyperText with line breaks where blocks meet. */
export function readText(input: TextInput, object: ObjectTag | undefined): ReadingText {
  return readingText(input.text, bordersOf(input, object))
}

function bordersOf({ html, text }: TextInput, object: ObjectTag | undefined): readonly number[] {
  if (html === undefined || object === undefined) return []
  const index = indexHyperText(object, html)
  return index.text === text ? index.borders : []
}

/** What the task holds may be of any kind, whatever the type says. */
function checkText(text: unknown): string {
  if (typeof text === 'string') return text
  throw new PrelabelError(`The field holds ${text === null ? 'null' : typeof text} where text is needed`, {
    code: 'text-expected',
    hint: 'Check the `value` of the object tag and the data of the task.',
  })
}
