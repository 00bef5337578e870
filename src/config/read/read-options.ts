/** The options of controls: `<Label>`, `<Choice>`, `<Relation>`, `<Bucket>`. */

import type { LabelOption } from '../labeling-config.js'
import type { IssueLog, PlacedTag } from './placed-tag.js'

/** Options by the tag that they belong to: the nearest control or `<Relations>` around them, at any depth of layout. */
export function groupOptions(tags: readonly PlacedTag[]): Map<PlacedTag, PlacedTag[]> {
  const groups = new Map<PlacedTag, PlacedTag[]>()
  for (const placed of tags) {
    const owner = placed.row?.family === 'option' ? ownerOf(placed) : undefined
    if (owner === undefined) continue
    const group = groups.get(owner)
    if (group === undefined) groups.set(owner, [placed])
    else group.push(placed)
  }
  return groups
}

function ownerOf({ parent }: PlacedTag): PlacedTag | undefined {
  for (let at = parent; at !== undefined; at = at.parent) {
    const { name, toName } = at.element.attributes
    if ((name !== undefined && toName !== undefined) || at.tag === 'Relations') return at
  }
  return undefined
}

/** The tree of options of one owner: an option inside an option is its child. */
export function readOptions(log: IssueLog, group: readonly PlacedTag[]): LabelOption[] {
  const roots: LabelOption[] = []
  const childrenOf = new Map<PlacedTag, LabelOption[]>()
  for (const placed of group) {
    const children: LabelOption[] = []
    childrenOf.set(placed, children)
    const siblings = siblingsOf(placed, childrenOf) ?? roots
    siblings.push(readOption(log, placed, children))
  }
  return roots
}

function siblingsOf(
  { parent }: PlacedTag,
  childrenOf: ReadonlyMap<PlacedTag, LabelOption[]>,
): LabelOption[] | undefined {
  for (let at = parent; at !== undefined; at = at.parent) {
    const siblings = childrenOf.get(at)
    if (siblings !== undefined) return siblings
    if (at.element.attributes.toName !== undefined) return undefined
  }
  return undefined
}

function readOption(log: IssueLog, { element, tag }: PlacedTag, children: readonly LabelOption[]): LabelOption {
  const { attributes } = element
  const value = (tag === 'Bucket' ? attributes.name : attributes.value) ?? ''
  const { alias, hint } = attributes
  return {
    label: alias === undefined || alias === '' ? value : alias,
    value,
    ...(alias === undefined ? {} : { alias }),
    predictedValues: splitList(attributes.predicted_values),
    ...(hint === undefined ? {} : { hint }),
    attributes,
    children,
    position: log.position(element),
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
