/** The words that results of a control may carry. */

import type { LabelOption } from '../../config/index.js'
import { valueAt } from '../../config/read-field.js'
import { nearestName } from '../../nearest-name.js'
import type { SayContext } from './say-type.js'
import type { Problem } from './shape-type.js'

/** Labels that a result of this control may carry for this task; undefined when they cannot be known. */
function labelsFor({ control, task }: SayContext): ReadonlySet<string> | undefined {
  const words = new Set(control.labels)
  if (control.openVocabulary !== true) return words
  const brought = optionsOfTask({ control, task })
  if (brought === undefined) return undefined
  for (const word of brought) words.add(word)
  return words
}

/** Labels that the task brings by `value="$field"`; undefined when they are not known. */
function optionsOfTask({ control, task }: Pick<SayContext, 'control' | 'task'>): string[] | undefined {
  if (control.dynamicOptions === undefined || task === undefined) return undefined
  const options = valueAt(task.data, control.dynamicOptions)
  return Array.isArray(options) ? labelsOf(options) : undefined
}

/** Labels of options as a task brings them: `{ value, alias?, children? }`, or bare texts. */
function labelsOf(options: readonly unknown[]): string[] {
  return options.flatMap((option) => {
    if (typeof option === 'string') return [option]
    if (typeof option !== 'object' || option === null) return []
    const { value, alias, children }: { value?: unknown; alias?: unknown; children?: unknown } = option
    const label = typeof alias === 'string' && alias !== '' ? alias : value
    return [...(typeof label === 'string' ? [label] : []), ...(Array.isArray(children) ? labelsOf(children) : [])]
  })
}

/** The problem of a word that the control does not have; undefined when it has it, or when its words cannot be known. */
export function checkWord(word: string, key: string, context: SayContext): Problem | undefined {
  if (context.control.labels.includes(word)) return undefined
  const known = labelsFor(context)
  if (known === undefined || known.has(word)) return undefined
  return {
    code: 'unknown-label',
    severity: 'error',
    key,
    message: `${JSON.stringify(word)} is no label of ${context.control.path}`,
    hint: hintFor(word, known, context.control.options),
  }
}

function hintFor(word: string, known: ReadonlySet<string>, options: readonly LabelOption[]): string {
  const aliased = aliasOf(word, options)
  if (aliased !== undefined) return `It has the alias ${JSON.stringify(aliased)}, which is what results carry.`
  const meant = nearestName(word, known)
  if (meant !== undefined) return `Did you mean ${JSON.stringify(meant)}? Labels are compared exactly.`
  const some = [...known].slice(0, 20).map((name) => JSON.stringify(name))
  return `Its labels are ${some.join(', ')}${known.size > some.length ? ', …' : ''}.`
}

/** The alias of the option with that value. */
export function aliasOf(value: string, options: readonly LabelOption[]): string | undefined {
  for (const option of options) {
    if (option.value === value && option.label !== value) return option.label
    const below = aliasOf(value, option.children)
    if (below !== undefined) return below
  }
  return undefined
}
