/** The words that results of a control may carry. */

import { valueAt } from '../../config/read-field.js'
import type { SayContext } from './say-type.js'
import type { Problem } from './shape-type.js'

/** Labels that a result of this control may carry for this task; undefined when they cannot be known. */
export function labelsFor({ control, task }: SayContext): ReadonlySet<string> | undefined {
  if (control.openVocabulary !== true) return new Set(control.labels)
  if (control.dynamicOptions === undefined || task === undefined) return undefined
  const options = valueAt(task.data, control.dynamicOptions)
  return Array.isArray(options) ? new Set([...control.labels, ...labelsOf(options)]) : undefined
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

/** Problems of labels that the control does not have. `at` gives the key of each. */
export function checkLabels(labels: readonly string[], context: SayContext, at: (index: number) => string): Problem[] {
  const known = labelsFor(context)
  if (known === undefined) return []
  return labels.flatMap((label, index) => (known.has(label) ? [] : [unknownLabel(label, known, context, at(index))]))
}

function unknownLabel(label: string, known: ReadonlySet<string>, { control }: SayContext, key: string): Problem {
  return {
    code: 'unknown-label',
    severity: 'error',
    key,
    message: `${JSON.stringify(label)} is no label of ${control.path}`,
    hint: hintFor(label, known, control.options),
  }
}

function hintFor(label: string, known: ReadonlySet<string>, options: SayContext['control']['options']): string {
  const aliased = options.find((option) => option.value === label && option.alias !== undefined)
  if (aliased !== undefined) return `It has the alias ${JSON.stringify(aliased.label)}, which is what results carry.`
  const folded = [...known].find((name) => name.toLowerCase() === label.trim().toLowerCase())
  if (folded !== undefined) return `Did you mean ${JSON.stringify(folded)}? Labels are compared exactly.`
  return `Its labels are ${[...known]
    .slice(0, 20)
    .map((name) => JSON.stringify(name))
    .join(', ')}.`
}
