import { PrelabelError } from '../../errors.js'
import type { DialogueInput, TextInput } from '../../media/inputs.js'

/** One text of an item; `utterance` where the item is a dialogue. */
export interface ItemText {
  readonly text: string
  readonly utterance?: number
}

/**
 * The texts that an item shows: one, or each utterance of a dialogue.
 *
 * @throws PrelabelError `text-expected`, `text-too-long`
 */
export function textsOf(input: TextInput | DialogueInput, maxCharacters: number): ItemText[] {
  const texts =
    input.kind === 'dialogue'
      ? input.utterances.map(({ text }, utterance) => ({ text, utterance }))
      : [{ text: input.text }]
  const total = texts.reduce((sum, { text }) => sum + checkText(text).length, 0)
  if (total > maxCharacters)
    throw new PrelabelError(`The text is ${total} characters long, more than ${maxCharacters}`, {
      code: 'text-too-long',
      hint: 'Split the task, or raise `maxCharacters`.',
    })
  return texts
}

/** What the task holds may be of any kind, whatever the type says. */
function checkText(text: unknown): string {
  if (typeof text === 'string') return text
  throw new PrelabelError(`The field holds ${text === null ? 'null' : typeof text} where text is needed`, {
    code: 'text-expected',
    hint: 'Check the `value` of the object tag and the data of the task.',
  })
}
