import type { ControlTag } from '../../../config/labeling-config.js'
import type { Task } from '../../../results/task.js'
import { type AnswerForm, type FormOptions, scored } from './answer-form.js'
import { listForm } from './make-form.js'
import { listWords, oneOf, pathWord, termsOf } from './vocabulary.js'

/** `<Taxonomy>`: paths from the root to a node, each written as one word of the vocabulary. */
export function taxonomyForm(control: ControlTag, task: Task, options: FormOptions): AnswerForm | undefined {
  const leavesOnly = control.attributes.leafsOnly === 'true'
  const terms = termsOf(control, task).filter(({ parent }) => !(leavesOnly && parent))
  const byWord = new Map(terms.map((term) => [pathWord(term.path), term]))
  if (byWord.size === 0) return undefined
  const words = [...byWord].map(([word, { description }]) => ({ word, description }))
  const limit = Number(control.attributes.maxUsages ?? Number.NaN)
  const many = limit >= 1 ? `up to ${limit} of the categories` : 'every category'
  return listForm(
    oneOf(words.map(({ word }) => word)),
    `${many} that applies, as deep as can be told, none twice; an empty list if none does:\n${listWords(words)}`,
    options,
    () => (word, score) => {
      const path = byWord.get(word)?.path ?? [word]
      const label = path[path.length - 1] ?? word
      return [{ kind: 'classification', classes: [{ label, path, ...scored(score) }] }]
    },
    limit >= 1 ? limit : undefined,
  )
}
