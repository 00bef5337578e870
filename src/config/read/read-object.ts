import type { ObjectTag } from '../labeling-config.js'
import { FIELD_ONLY } from '../read-field.js'
import type { IssueLog, PlacedTag } from './placed-tag.js'

/**
 * An object, when the tag is one: it has `name` and `value` or `valueList`, whatever it is called, and is no control
 * that lacks its `toName`.
 */
export function readObject(log: IssueLog, { element, tag, row, path }: PlacedTag): ObjectTag | undefined {
  const { attributes } = element
  const { name, toName, value, valueList } = attributes
  const own = row?.family === 'object' && row.ownControl !== undefined
  if (name === undefined || name === '' || row?.family === 'control' || (toName !== undefined && !own)) return undefined
  const written = valueList ?? value ?? (own ? '' : undefined)
  if (written === undefined || (written === '' && !own)) return undefined
  const field = written.match(FIELD_ONLY)?.[1]
  return {
    kind: 'object',
    name,
    tag,
    value: written,
    list: valueList !== undefined,
    ...(field === undefined ? {} : { field }),
    attributes,
    path,
    position: log.position(element),
  }
}
