/** The labels of a control as the model is told of them: those of the config, then those that come with the task. */

import { z } from 'zod'
import type { ControlTag, LabelOption } from '../../../config/labeling-config.js'
import { valueAt } from '../../../config/read-field.js'
import type { Task } from '../../../results/task.js'

export interface Term {
  /** What the answer says: a label, or the labels from the root to a node. */
  readonly path: readonly [string, ...string[]]
  /** What else is known of it: the value beside an alias, the hint. */
  readonly description: string
  /** It has terms below it. */
  readonly parent: boolean
  /** It came with the task, not from the config. */
  readonly given: boolean
}

interface Node {
  readonly label: string
  readonly value: string
  readonly hint: string | undefined
  readonly children: readonly Node[]
}

/** All terms, parents before their children. */
export function termsOf(control: ControlTag, task: Task): readonly Term[] {
  return [
    ...control.options.flatMap((option) => flatten(fromOption(option), [], false)),
    ...dynamicNodes(control, task).flatMap((node) => flatten(node, [], true)),
  ]
}

function fromOption({ label, value, hint, children }: LabelOption): Node {
  return { label, value, hint, children: children.map(fromOption) }
}

function flatten({ label, value, hint, children }: Node, parents: readonly string[], given: boolean): Term[] {
  const [first = label, ...rest] = [...parents, label]
  const description = [value === label ? '' : value, hint ?? ''].filter((text) => text !== '').join(': ')
  const below = children.flatMap((child) => flatten(child, [first, ...rest], given))
  return label === '' ? below : [{ path: [first, ...rest], description, parent: children.length > 0, given }, ...below]
}

const dynamicOption: z.ZodType<Node> = z.lazy(() =>
  z.union([
    z.string().transform((label) => ({ label, value: label, hint: undefined, children: [] })),
    z
      .object({
        value: z.string(),
        alias: z.string().nullish(),
        hint: z.string().nullish(),
        children: z.array(dynamicOption).nullish(),
      })
      .transform(({ value, alias, hint, children }) => ({
        label: alias || value,
        value,
        hint: hint ?? undefined,
        children: children ?? [],
      })),
  ]),
)

/** Options that the task brings; what is no option there is none for the editor either. */
function dynamicNodes({ dynamicOptions }: ControlTag, { data }: Task): readonly Node[] {
  const given = dynamicOptions === undefined ? undefined : valueAt(data, dynamicOptions)
  if (!Array.isArray(given)) return []
  return given.flatMap((entry) => {
    const read = dynamicOption.safeParse(entry)
    return read.success ? [read.data] : []
  })
}

/** A path as one word of a vocabulary. */
export function pathWord(path: readonly string[]): string {
  return path.join(' > ')
}

/** More words than this are not written into the schema: providers limit what they enforce. The check stays. */
const MOST_IN_SCHEMA = 200

/** One of these words. */
export function oneOf(words: readonly string[]): z.ZodType<string> {
  if (words.length <= MOST_IN_SCHEMA) return z.enum(words)
  const known = new Set(words)
  return z.string().refine((word) => known.has(word), 'must be one of the listed labels, letter by letter')
}

/** The words as lines of a prompt; in quotes, words and descriptions alike, since a task may bring them. */
export function listWords(entries: readonly { readonly word: string; readonly description: string }[]): string {
  return entries
    .map(
      ({ word, description }) =>
        `  - ${JSON.stringify(word)}${description === '' ? '' : ` (${JSON.stringify(description)})`}`,
    )
    .join('\n')
}

/** Labels of a flat control, once each. */
export function flatLabels(control: ControlTag, task: Task): { readonly word: string; readonly description: string }[] {
  const byLabel = new Map<string, string>()
  for (const { path, description } of termsOf(control, task)) {
    const label = path[path.length - 1] ?? path[0]
    if (!byLabel.has(label)) byLabel.set(label, description)
  }
  return [...byLabel].map(([word, description]) => ({ word, description }))
}
