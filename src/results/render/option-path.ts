import type { ControlTag, LabelOption } from '../../config/index.js'
import type { ClassScore, NodeScore } from '../findings.js'
import { nodeAt } from '../types/taxonomy.js'

/** A class, by a path or by its label alone. */
export type AnyClass = ClassScore & Partial<NodeScore>

/** The labels from the root of a control's options to what a class means: its own path, or that of the first option of its label. */
export function optionPath({ options }: ControlTag, { label, path }: AnyClass): readonly string[] {
  return path ?? firstPath(options, label) ?? [label]
}

/** True when results of the control can say that path: an option stands there, or one that the task brings may. */
export function hasPath(control: ControlTag, path: readonly string[]): boolean {
  if (path.length === 0 || !saysPaths(control)) return false
  return control.openVocabulary === true || nodeAt(path, control.options) !== undefined
}

/** True for controls whose answers are paths, not bare labels. */
export function saysPaths({ tag, attributes }: ControlTag): boolean {
  return tag === 'Taxonomy' || (tag === 'Choices' && attributes.allowNested === 'true')
}

function firstPath(options: readonly LabelOption[], label: string): readonly string[] | undefined {
  for (const option of options) {
    if (option.label === label) return [option.label]
    const below = firstPath(option.children, label)
    if (below !== undefined) return [option.label, ...below]
  }
  return undefined
}
