import type { ControlTag, ObjectTag } from '../labeling-config.js'
import type { TagRow } from './tag-row.js'
import { type AttributesOf, type TagName, tagRow, tagTable } from './tag-table.js'

/** Attributes in the table's spelling: the editor reads attribute names in any case. */
function canonicalAttributes(
  row: TagRow,
  attributes: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  const known = row.attributes.shape
  if (Object.keys(attributes).every((name) => name in known)) return attributes
  const spelling = new Map(Object.keys(known).map((name) => [name.toLowerCase(), name]))
  return Object.fromEntries(
    Object.entries(attributes).map(([name, written]) => [spelling.get(name.toLowerCase()) ?? name, written]),
  )
}

/**
 * The attributes of a tag as values: flags as booleans, numbers as numbers, defaults filled in. An attribute with a
 * value that is none of its own (a warning when the config was read) counts as absent.
 *
 * @example readAttributes(control, 'Rating').maxRating // number
 * @param name the tag's name, which tells the type
 */
export function readAttributes<T extends TagName>(tag: ControlTag | ObjectTag, name: T): AttributesOf<T>
export function readAttributes(tag: ControlTag | ObjectTag, name: TagName): object {
  const row = tagRow(name) ?? tagTable.View
  const attributes = canonicalAttributes(row, tag.attributes)
  const first = row.attributes.safeParse(attributes)
  if (first.success) return first.data
  const wrong = new Set(first.error.issues.map(({ path }) => String(path[0])))
  return row.attributes.parse(Object.fromEntries(Object.entries(attributes).filter(([key]) => !wrong.has(key))))
}
