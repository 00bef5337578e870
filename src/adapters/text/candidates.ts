import { z } from 'zod'
import type { ControlTag, LabelOption } from '../../config/labeling-config.js'
import { valueAt } from '../../config/read-field.js'
import type { Task } from '../../results/task.js'

/** A choice, and the words for it in a hypothesis. */
export interface Candidate {
  readonly label: string
  readonly words: string
}

const dynamicChoice = z.union([
  z.string().transform((value) => ({ label: value, words: value })),
  z
    .object({ value: z.string(), alias: z.string().nullish(), hint: z.string().nullish() })
    .transform(({ value, alias, hint }) => ({ label: alias || value, words: hint || value })),
])

/** The choices of a control, nested ones included, then those that come with the task; each label once. */
export function candidatesOf(control: ControlTag, task: Task): Candidate[] {
  const all = [...flatten(control.options), ...dynamicCandidates(control, task)].filter(({ label }) => label !== '')
  return [...new Map(all.reverse().map((candidate) => [candidate.label, candidate])).values()].reverse()
}

function flatten(options: readonly LabelOption[]): Candidate[] {
  return options.flatMap(({ label, value, hint, children }) => [{ label, words: hint || value }, ...flatten(children)])
}

/** Entries that are no choices are none for the editor either. */
function dynamicCandidates({ dynamicOptions }: ControlTag, { data }: Task): Candidate[] {
  const given = dynamicOptions === undefined ? undefined : valueAt(data, dynamicOptions)
  if (!Array.isArray(given)) return []
  return given.flatMap((entry) => {
    const choice = dynamicChoice.safeParse(entry)
    return choice.success ? [choice.data] : []
  })
}
