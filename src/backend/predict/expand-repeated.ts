import { type ControlTag, type ObjectTag, readField } from '../../config/index.js'
import type { Binding, BoundControl } from '../binding/bind-adapters.js'

const PLACEHOLDER = /\{\{.*?\}\}/g
/** `$pages[{{idx}}].image`: the list that a `<Repeater>` goes through. */
const LIST = /^\$(.+?)\[\{\{/

/**
 * A binding for each repetition of a `<Repeater>` in the data of a task, with the names that the editor gives there
 * (`page_0` for `page_{{idx}}`); outside of one, the binding itself.
 */
export function expandRepeated(binding: Binding, data: Readonly<Record<string, unknown>>): readonly Binding[] {
  const pattern = binding.objects.find(({ name }) => name.includes('{{'))
  if (pattern === undefined) return [binding]
  const path = LIST.exec(pattern.value)?.[1]
  const list = path === undefined ? undefined : readField({ ...pattern, field: path }, data)
  if (!Array.isArray(list)) return []
  return list.map((_, index) => ({
    ...binding,
    objects: binding.objects.map((object) => objectAt(object, index)),
    controls: binding.controls.map((bound) => controlAt(bound, index)),
  }))
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
