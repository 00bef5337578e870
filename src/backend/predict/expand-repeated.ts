import type { ControlTag, ObjectTag } from '../../config/index.js'
import { readValue } from '../../config/read-field.js'
import type { Binding, BoundControl } from '../binding/bind-adapters.js'

const PLACEHOLDER = /\{\{[^{}]*\}\}/g

/**
 * A binding for each repetition of a `<Repeater>` in the data of a task, with the names that the editor gives there
 * (`page_0` for `page_{{idx}}`), and one for what is outside of any; without one, the binding itself.
 */
export function expandRepeated(binding: Binding, data: Readonly<Record<string, unknown>>): readonly Binding[] {
  const { controls, objects } = binding
  if (controls.every(({ control }) => control.repeatedOn === undefined)) return [binding]
  const lists = new Set(controls.map(({ control }) => control.repeatedOn))
  return [...lists].flatMap((on) => {
    const repeated = controls.filter(({ control }) => control.repeatedOn === on)
    const about = objects.filter(({ name }) => repeated.some(({ control }) => control.toName.includes(name)))
    const part = { ...binding, objects: about, controls: repeated }
    if (on === undefined) return [part]
    const list = readValue(on, data)
    if (!Array.isArray(list)) return []
    return list.map((_, index) => ({
      ...part,
      objects: about.map((object) => objectAt(object, index)),
      controls: repeated.map((bound) => controlAt(bound, index)),
    }))
  })
}

function objectAt(object: ObjectTag, index: number): ObjectTag {
  const at = (text: string) => text.replace(PLACEHOLDER, String(index))
  const field = object.field === undefined ? {} : { field: at(object.field) }
  return { ...object, name: at(object.name), value: at(object.value), ...field }
}

function controlAt({ control, labelSource, ...bound }: BoundControl, index: number): BoundControl {
  const at = (text: string) => text.replace(PLACEHOLDER, String(index))
  const repeated = (tag: ControlTag): ControlTag => {
    const { tagName } = tag.shownWhen ?? {}
    const condition = tagName === undefined ? {} : { shownWhen: { ...tag.shownWhen, tagName: at(tagName) } }
    return { ...tag, name: at(tag.name), toName: tag.toName.map(at), ...condition }
  }
  return { ...bound, control: repeated(control), labelSource: repeated(labelSource) }
}
