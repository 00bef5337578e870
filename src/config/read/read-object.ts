import type { ObjectTag } from '../labeling-config.js'
import type { XmlElement } from '../xml/read-xml.js'
import type { ReadState } from './config-reader.js'

/** A tag with `name` and `value` or `valueList`. */
export function readObject(
  state: ReadState,
  element: XmlElement,
  { tag, name, path }: { tag: string; name: string; path: string },
): ObjectTag {
  const { attributes } = element
  const { value, valueList } = attributes
  const written = valueList ?? value ?? ''
  const field = written.match(/^\$([\w[\].{}]+)$/)?.[1]
  return {
    kind: 'object',
    name,
    tag,
    value: written,
    list: valueList !== undefined,
    ...(field === undefined ? {} : { field }),
    attributes,
    path,
    position: state.lines.at(element.start),
  }
}
