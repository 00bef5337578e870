import type { ControlTag } from '../labeling-config.js'
import { controlRow } from '../tags/tag-table.js'
import type { XmlElement } from '../xml/read-xml.js'
import type { ReadState } from './config-reader.js'
import { labelsOf, readOptions } from './read-options.js'

/** A tag with `name` and `toName`. */
export function readControl(
  state: ReadState,
  element: XmlElement,
  { tag, name, toName, path }: { tag: string; name: string; toName: string; path: string },
): ControlTag {
  const { attributes } = element
  const row = controlRow(tag)
  const resultType = row?.resultType ?? tag.toLowerCase()
  const options = readOptions(state, element)
  const bringsOptions = row === undefined || row.option !== undefined
  const dynamicOptions = bringsOptions ? attributes.value?.match(/^\$(.+)$/)?.[1] : undefined
  return {
    kind: 'control',
    name,
    tag,
    toName: toName.split(','),
    options,
    labels: labelsOf(options),
    ...(dynamicOptions === undefined ? {} : { dynamicOptions }),
    ...(dynamicOptions === undefined && attributes.apiUrl === undefined ? {} : { openVocabulary: true }),
    resultType,
    valueKey: row?.valueKey ?? resultType,
    multiple: attributes.choice === 'multiple',
    perRegion: attributes.perRegion === 'true',
    perItem: attributes.perItem === 'true',
    attributes,
    path,
    position: state.lines.at(element.start),
  }
}
