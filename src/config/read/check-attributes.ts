/** Checks of the attributes of a tag against its row of the table. */

import type { TagRow } from '../tags/tag-row.js'
import type { IssueLog, PlacedTag } from './placed-tag.js'

export function checkAttributes(log: IssueLog, placed: PlacedTag): void {
  const { row, element } = placed
  if (row === undefined) return
  const known = row.attributes.shape
  for (const attribute of Object.keys(element.attributes))
    if (!(attribute in known)) checkUnknown(log, placed, attribute, Object.keys(known))
  const { error } = row.attributes.safeParse(element.attributes)
  for (const { path, message } of error?.issues ?? []) {
    const attribute = String(path[0])
    log.add(isRefused(row, attribute) ? 'error' : 'warning', 'attribute-value', placed, {
      attribute,
      message: `\`${attribute}\` is ${JSON.stringify(element.attributes[attribute])}: ${message}`,
    })
  }
}

function isRefused(row: TagRow, attribute: string): boolean {
  return row.family === 'object' && row.refusedWhenWrong?.includes(attribute) === true
}

/** Attributes of other tools (`model_path`) pass; what looks like one of Label Studio's own, misspelt, is reported. */
function checkUnknown(log: IssueLog, placed: PlacedTag, attribute: string, known: readonly string[]): void {
  const sameButCase = known.find((name) => name.toLowerCase() === attribute.toLowerCase())
  if (sameButCase !== undefined) {
    log.add('warning', 'attribute-case', placed, {
      attribute,
      message: `\`${attribute}\` is \`${sameButCase}\` to the editor, but not to Label Studio's server`,
      hint: `Write \`${sameButCase}\`.`,
    })
    return
  }
  if (attribute.includes('_') || attribute.includes(':') || attribute.includes('-')) return
  const hint = log.suggest(attribute, known)
  if (hint !== undefined)
    log.add('warning', 'unknown-attribute', placed, {
      attribute,
      message: `<${placed.tag}> has no attribute \`${attribute}\``,
      hint,
    })
}
