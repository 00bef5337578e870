/** The utterances of a `<Paragraphs>` field. */

import { z } from 'zod'
import { PrelabelError } from '../errors.js'
import type { DialogueInput } from './inputs.js'

/** The names of the fields of an utterance: the tag's `nameKey` and `textKey`. */
export interface DialogueKeys {
  readonly nameKey: string
  readonly textKey: string
}

export const USUAL_KEYS: DialogueKeys = { nameKey: 'author', textKey: 'text' }

const dialogueSchema = z.array(z.record(z.string(), z.unknown()))

/**
 * @param value a list of utterances
 * @throws PrelabelError `media-dialogue` when it is none, or an utterance has no text
 */
export function readDialogue(value: unknown, { nameKey, textKey }: DialogueKeys): DialogueInput {
  const list = dialogueSchema.safeParse(value)
  if (!list.success) throw dialogueError('the dialogue is no list of objects')
  const utterances = list.data.map((utterance, index) => {
    const text = utterance[textKey]
    const author = utterance[nameKey]
    if (typeof text !== 'string') throw dialogueError(`utterance ${index} has no text in its field "${textKey}"`)
    return typeof author === 'string' ? { author, text } : { text }
  })
  return { kind: 'dialogue', utterances }
}

/** @throws PrelabelError `media-dialogue` when the text is no JSON, or no dialogue */
export function parseDialogue(text: string, keys: DialogueKeys): DialogueInput {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw dialogueError('the dialogue is no JSON')
  }
  return readDialogue(value, keys)
}

function dialogueError(message: string): PrelabelError {
  return new PrelabelError(message, {
    code: 'media-dialogue',
    hint: 'A dialogue is a list such as [{"author": "Ann", "text": "Hello"}]; `nameKey` and `textKey` of <Paragraphs> name other fields.',
  })
}
