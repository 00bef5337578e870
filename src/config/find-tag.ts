/** Looks tags up by the names that results carry. */

import type { ControlTag, LabelingConfig, ObjectTag } from './labeling-config.js'

/** The control of that name: exact, else the one in a `<Repeater>` whose pattern it fits (`page_3` for `page_{{idx}}`). */
export function findControl(config: LabelingConfig, name: string): ControlTag | undefined {
  return findByName(config.controls, name)
}

/** The object of that name: exact, else the one in a `<Repeater>` whose pattern it fits. */
export function findObject(config: LabelingConfig, name: string): ObjectTag | undefined {
  return findByName(config.objects, name)
}

/** The objects that a control is about, in the order of its `toName`. */
export function objectsOf(config: LabelingConfig, control: ControlTag): ObjectTag[] {
  return control.toName.flatMap((name) => findObject(config, name) ?? [])
}

function findByName<T>(tags: ReadonlyMap<string, T>, name: string): T | undefined {
  const exact = tags.get(name)
  if (exact !== undefined) return exact
  for (const [pattern, tag] of tags) if (fitsPattern(pattern, name)) return tag
  return undefined
}

/** `page_{{idx}}` fits `page_0`, `page_1`, …: each placeholder stands for the 0-based index of a repetition. */
function fitsPattern(pattern: string, name: string): boolean {
  if (!pattern.includes('{{')) return false
  const source = pattern
    .split(/\{\{[^{}]*\}\}/)
    .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
    .join('\\d+')
  return new RegExp(`^${source}$`).test(name)
}
