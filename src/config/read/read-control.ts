import type { ControlTag, LabelOption } from '../labeling-config.js'
import { controlRow } from '../tags/tag-table.js'
import type { IssueLog, PlacedTag } from './placed-tag.js'
import { labelsOf } from './read-options.js'
import { repeatedOn } from './repeated-on.js'

/**
 * A control, when the tag is one: it has `name` and `toName`, and is no layout and no option; a tag that the table does
 * not know is one too. `<Chat>` and `<ReactCode>` are controls of themselves.
 */
export function readControl(log: IssueLog, placed: PlacedTag, options: readonly LabelOption[]): ControlTag | undefined {
  const { element, tag, row, path } = placed
  const { attributes } = element
  if (row?.family === 'visual' || row?.family === 'option') return undefined
  const own = row?.family === 'object' ? row.ownControl : undefined
  const name = attributes.name
  const toName = attributes.toName ?? (own === undefined ? undefined : name)
  if (name === undefined || toName === undefined || name === '' || toName === '') return undefined
  const known = controlRow(tag)
  const resultType = known?.resultType ?? own?.resultType ?? tag.toLowerCase()
  const bringsOptions = known === undefined ? own === undefined : known.option !== undefined
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
    valueKey: known?.valueKey ?? resultType,
    multiple: attributes.choice === 'multiple',
    perRegion: attributes.perRegion === 'true',
    perItem: attributes.perItem === 'true',
    ...conditionOf(attributes),
    ...repeatedOn(placed),
    attributes,
    path,
    position: log.position(element),
  }
}

/** When the control is shown, as far as it says so itself. */
function conditionOf(attributes: Readonly<Record<string, string>>): Pick<ControlTag, 'shownWhen'> {
  const { visibleWhen, whenTagName, whenLabelValue, whenChoiceValue } = attributes
  if ((visibleWhen ?? whenTagName ?? whenLabelValue ?? whenChoiceValue) === undefined) return {}
  return {
    shownWhen: {
      ...(visibleWhen === undefined ? {} : { visibleWhen }),
      ...(whenTagName === undefined ? {} : { tagName: whenTagName }),
      ...(whenLabelValue === undefined ? {} : { labels: whenLabelValue.split(',') }),
      ...(whenChoiceValue === undefined ? {} : { choices: whenChoiceValue.split(',') }),
    },
  }
}
