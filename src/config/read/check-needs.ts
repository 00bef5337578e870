/** Checks that a tag has what it needs, and tells what the server insists on from what is merely of no use. */

import type { Severity } from '../../issues.js'
import type { Need, TagRow } from '../tags/tag-row.js'
import { canonicalTag } from '../tags/tag-table.js'
import { XmlElement } from '../xml/read-xml.js'
import type { IssueLog, PlacedTag } from './placed-tag.js'

export function checkNeeds(log: IssueLog, placed: PlacedTag): void {
  const { row, tag } = placed
  if (row === undefined) return
  for (const need of needsOf(placed)) {
    if (isMet(placed, need)) continue
    const severity: Severity = row.needs?.includes(need) === true && isSeenByServer(placed) ? 'error' : 'warning'
    log.add(severity, MISSING[need].code, placed, MISSING[need].problem(tag, row.family))
  }
}

/** What the server insists on, and what the tag cannot do anything without. */
function needsOf({ row, tag }: PlacedTag): Need[] {
  const needs = new Set<Need>(row?.needs ?? [])
  if (row?.family === 'control') {
    needs.add('name').add('toName')
    if (row.option !== undefined && row.option !== 'Bucket') needs.add('options')
  }
  if (row?.family === 'object') needs.add('name')
  if (row?.family === 'object' && row.ownControl === undefined) needs.add('value')
  if (row?.family === 'option' && tag !== 'Bucket') needs.add('value')
  return [...needs]
}

function isMet({ element: { attributes, children }, tag, row }: PlacedTag, need: Need): boolean {
  const { value, valueList, apiUrl } = attributes
  switch (need) {
    case 'value':
      return value !== undefined || valueList !== undefined
    case 'options':
      return (
        value !== undefined ||
        (apiUrl !== undefined && tag === 'Taxonomy') ||
        children.some((child) => child instanceof XmlElement && bringsOptions(child.name, row))
      )
    default:
      return attributes[need] !== undefined
  }
}

/** An option, or a `<View>` that may hold some. */
function bringsOptions(child: string, row: TagRow | undefined): boolean {
  const tag = canonicalTag(child)
  return tag === 'View' || (row?.family === 'control' && tag === row.option)
}

const MISSING = {
  name: {
    code: 'missing-name',
    problem: (tag: string) => ({ message: `<${tag}> has no \`name\``, hint: 'Results speak of tags by name.' }),
  },
  toName: {
    code: 'missing-to-name',
    problem: (tag: string) => ({
      message: `<${tag}> has no \`toName\``,
      hint: "Name the object it is about: Label Studio's server knows it as a control only with `toName`.",
    }),
  },
  value: {
    code: 'missing-value',
    problem: (tag: string, family: string) => ({
      message: `<${tag}> has no \`value\``,
      hint:
        family === 'object'
          ? 'Write the field of the task that it shows: `value="$field"`.'
          : 'Write the label: `value="…"`.',
    }),
  },
  options: {
    code: 'missing-options',
    problem: (tag: string) => ({
      message: `<${tag}> has no options`,
      hint: 'Put them inside, or write `value="$field"`.',
    }),
  },
} as const satisfies Record<
  Need,
  { code: string; problem: (tag: string, family: string) => { message: string; hint: string } }
>

/** The server's schema follows `<View>`s from the root, then the options of `<Choices>` and `<Labels>`; it sees nothing else. */
function isSeenByServer({ tag, parent, element }: PlacedTag): boolean {
  if (tag !== element.name) return false
  let at = parent
  const skipViews = () => {
    while (at?.element.name === 'View' && at.parent !== undefined) at = at.parent
  }
  skipViews()
  if (tag === 'Choice' || tag === 'Label') {
    if (at?.parent === undefined) return at?.element.name === 'View' && at !== parent
    if (at?.element.name !== (tag === 'Choice' ? 'Choices' : 'Labels')) return false
    at = at.parent
    skipViews()
  }
  return at?.element.name === 'View' && at.parent === undefined
}
