/** Which label of a control a model's class means. */

import { PrelabelError } from '../errors.js'
import type { ControlTag, LabelOption } from './labeling-config.js'

/** The rule by which a class found its label. */
export type LabelRule = 'map' | 'predicted_values' | 'label' | 'value' | 'case-folded' | 'any' | 'model_index'

export interface LabelMapReport {
  readonly mapped: readonly { readonly model: string; readonly label: string; readonly by: LabelRule }[]
  /** Classes of the model that mean no label here. */
  readonly unmapped: readonly string[]
  /** Labels that no class of the model means; none where its classes are not known. */
  readonly unused: readonly string[]
}

export interface LabelMap {
  /** The label that a class means; undefined when findings of that class are to be dropped. */
  labelFor(className: string): string | undefined
  /** What is known beforehand; without the model's classes, what the rules alone say. */
  readonly report: LabelMapReport
}

export interface LabelMapOptions {
  /** The author's own map, before every other rule; `null` drops a class. */
  readonly map?: Readonly<Record<string, string | null>>
  /** What becomes of a class that means no label: drop it, fail when the map is made, or keep its name as the label. @default 'drop' */
  readonly unmapped?: 'drop' | 'fail' | 'keep'
}

/**
 * Maps a model's classes to a control's labels. In order: the author's map, `predicted_values`, the label, `value`
 * beside an alias, then the same three with case folded. A control whose options come with the task takes any class as
 * its own label, unless told otherwise.
 *
 * @param classes what the model may say; undefined when it may say anything
 * @throws PrelabelError `unmapped-classes` under `unmapped: 'fail'`; `unknown-label` when the author's map names a label that the control does not have
 */
export function createLabelMap(
  control: ControlTag,
  classes: readonly string[] | undefined,
  options: LabelMapOptions = {},
): LabelMap {
  const author = new Map(Object.entries(options.map ?? {}))
  const open = control.openVocabulary === true
  const policy = options.unmapped ?? (open ? 'keep' : 'drop')
  if (!open) checkAuthorMap(control, author)
  const rules = rulesOf(control)

  const find = (className: string): { label: string; by: LabelRule } | undefined => {
    const written = author.get(className)
    if (written === null) return undefined
    if (written !== undefined) return { label: written, by: 'map' }
    for (const { by, labels, fold } of rules) {
      const label = labels.get(fold(className))
      if (label !== undefined) return { label, by }
    }
    return policy === 'keep' ? { label: className, by: 'any' } : undefined
  }

  const known = [...new Set(classes ?? [])]
  const mapped = known.flatMap((model) => {
    const found = find(model)
    return found === undefined ? [] : [{ model, ...found }]
  })
  const unmapped = known.filter((className) => find(className) === undefined)
  const forgotten = unmapped.filter((className) => author.get(className) !== null)
  if (policy === 'fail' && forgotten.length > 0)
    throw new PrelabelError(
      `${control.path}: no label for ${forgotten.map((name) => JSON.stringify(name)).join(', ')}`,
      {
        code: 'unmapped-classes',
        path: control.path,
        hint: 'Add `predicted_values` to the labels they mean, or map them to `null` to drop them.',
      },
    )
  const used = new Set(mapped.map(({ label }) => label))
  return {
    labelFor: (className) => find(className)?.label,
    report: {
      mapped,
      unmapped,
      unused: classes === undefined ? [] : control.labels.filter((label) => !used.has(label)),
    },
  }
}

interface Rule {
  readonly by: LabelRule
  /** Model class, as `fold` leaves it -> label. */
  readonly labels: ReadonlyMap<string, string>
  readonly fold: (className: string) => string
}

const exact = (name: string) => name
const caseFolded = (name: string) => name.normalize('NFC').toLowerCase()

function rulesOf(control: ControlTag): Rule[] {
  const all = flatten(control.options)
  const sources: { by: LabelRule; namesOf: (option: LabelOption) => readonly string[] }[] = [
    { by: 'predicted_values', namesOf: (option) => option.predictedValues },
    { by: 'label', namesOf: (option) => [option.label] },
    { by: 'value', namesOf: (option) => [option.value] },
  ]
  const rule = (by: LabelRule, namesOf: (option: LabelOption) => readonly string[], fold: Rule['fold']): Rule => {
    const labels = new Map<string, string>()
    for (const option of all)
      for (const name of namesOf(option)) {
        const key = fold(name)
        if (option.label !== '' && !labels.has(key)) labels.set(key, option.label)
      }
    return { by, labels, fold }
  }
  return [
    ...sources.map(({ by, namesOf }) => rule(by, namesOf, exact)),
    ...sources.map(({ namesOf }) => rule('case-folded', namesOf, caseFolded)),
  ]
}

function flatten(options: readonly LabelOption[]): LabelOption[] {
  return options.flatMap((option) => [option, ...flatten(option.children)])
}

function checkAuthorMap(control: ControlTag, author: ReadonlyMap<string, string | null>): void {
  for (const [className, label] of author) {
    if (label === null || control.labels.includes(label)) continue
    throw new PrelabelError(
      `${control.path}: the label map sends "${className}" to "${label}", which is no label here`,
      {
        code: 'unknown-label',
        path: control.path,
        hint: `Its labels are ${control.labels.map((name) => `"${name}"`).join(', ')}.`,
      },
    )
  }
}
