import type { ObjectTag } from '../labeling-config.js'
import { FIELD_ONLY } from '../read-field.js'
import type { IssueLog, PlacedTag } from './placed-tag.js'
import { repeatedOn } from './repeated-on.js'

/**
 * An object, when the tag is one: an object tag, or one that the table does not know, with `name` and `value` or
 * `valueList`.
 */
export function readObject(log: IssueLog, placed: PlacedTag): ObjectTag | undefined {
  const { element, tag, row, path } = placed
  const { attributes } = element
  const { name, toName, value, valueList } = attributes
  const own = row?.family === 'object' && row.ownControl !== undefined
  if (row !== undefined && row.family !== 'object') return undefined
  if (name === undefined || name === '' || (toName !== undefined && !own)) return undefined
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
    ...repeatedOn(placed),
    attributes,
    path,
    position: log.position(element),
  }
}
