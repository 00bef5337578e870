import { z } from 'zod'
import type { ControlTag } from '../../../config/labeling-config.js'
import { type AnswerForm, type FormOptions, scored } from './answer-form.js'
import { singleForm } from './make-form.js'

/** `<TextArea>`: a text that the model writes; what it is to be, the author's instructions say. */
export function freeTextForm({ attributes }: ControlTag, options: FormOptions): AnswerForm {
  const meant = attributes.placeholder === undefined ? '' : ` (${attributes.placeholder})`
  const open = options.abstain ? ', or null if there is nothing to write' : ''
  return singleForm(
    options.abstain ? z.string().nullable() : z.string(),
    `a text${meant}${open}.`,
    options,
    (text, score) => (text === null || text.trim() === '' ? [] : [{ kind: 'text', text, ...scored(score) }]),
    'token',
  )
}
