import type { LabelOption } from '../labeling-config.js'
import { canonicalTag } from '../tags/tag-table.js'
import { XmlElement } from '../xml/read-xml.js'
import type { ReadState } from './config-reader.js'

/** The options of a control: the nearest ones beneath it, at any depth of layout, but not those of a control within. */
export function readOptions(state: ReadState, element: XmlElement): LabelOption[] {
  const options: LabelOption[] = []
  for (const child of element.children) {
    if (!(child instanceof XmlElement)) continue
    if (isOption(canonicalTag(child.name))) options.push(readOption(state, child))
    else if (!isControl(child)) options.push(...readOptions(state, child))
  }
  return options
}

function isOption(tag: string): boolean {
  return tag === 'Label' || tag === 'Choice' || tag === 'Relation' || tag === 'Bucket'
}

function isControl({ attributes }: XmlElement): boolean {
  return attributes.name !== undefined && attributes.toName !== undefined
}

function readOption(state: ReadState, element: XmlElement): LabelOption {
  const { attributes } = element
  const value = attributes.value ?? (canonicalTag(element.name) === 'Bucket' ? attributes.name : undefined) ?? ''
  const { alias, hint } = attributes
  return {
    label: alias === undefined || alias === '' ? value : alias,
    value,
    ...(alias === undefined ? {} : { alias }),
    predictedValues: splitList(attributes.predicted_values),
    ...(hint === undefined ? {} : { hint }),
    attributes,
    children: readOptions(state, element),
    position: state.lines.at(element.start),
  }
}

function splitList(list: string | undefined): string[] {
  return (list ?? '')
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '')
}

/** Labels of options and of all beneath them, in document order, each once. */
export function labelsOf(options: readonly LabelOption[]): string[] {
  const labels = new Set<string>()
  const add = ({ label, children }: LabelOption) => {
    if (label !== '') labels.add(label)
    children.forEach(add)
  }
  options.forEach(add)
  return [...labels]
}
