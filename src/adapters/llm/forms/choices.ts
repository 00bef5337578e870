import type { ControlTag } from '../../../config/labeling-config.js'
import type { Task } from '../../../results/task.js'
import { type AnswerForm, type FormOptions, scored } from './answer-form.js'
import { listForm, singleForm } from './make-form.js'
import { flatLabels, listWords, oneOf } from './vocabulary.js'

/** `<Choices>`: one label, or any number of them. */
export function choicesForm(control: ControlTag, task: Task, options: FormOptions): AnswerForm | undefined {
  const labels = flatLabels(control, task)
  if (labels.length === 0) return undefined
  const label = oneOf(labels.map(({ word }) => word))
  if (control.multiple) {
    return listForm(
      label,
      `every label that applies, none twice; an empty list if none does:\n${listWords(labels)}`,
      options,
      () => (word, score) => [{ kind: 'classification', classes: [{ label: word, ...scored(score) }] }],
    )
  }
  const open = options.abstain ? '; null if it cannot be decided' : ''
  return singleForm(
    options.abstain ? label.nullable() : label,
    `the one label that fits best${open}:\n${listWords(labels)}`,
    options,
    (word, score) => (word === null ? [] : [{ kind: 'classification', classes: [{ label: word, ...scored(score) }] }]),
  )
}
