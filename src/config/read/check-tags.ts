/** Checks of each tag by itself and its surroundings. */

import type { Severity } from '../../issues.js'
import type { Need, TagRow } from '../tags/tag-row.js'
import { canonicalTag, tagNames } from '../tags/tag-table.js'
import { XmlElement } from '../xml/read-xml.js'
import type { IssueLog, PlacedTag } from './placed-tag.js'

export function checkTag(log: IssueLog, placed: PlacedTag): void {
  checkSpelling(log, placed)
  checkSurroundings(log, placed)
  checkNeeds(log, placed)
  checkName(log, placed)
}

function checkSpelling(log: IssueLog, placed: PlacedTag): void {
  const { element, tag, row } = placed
  for (const name of [element.name, ...Object.keys(element.attributes)])
    if (name.includes(':') && !isBound(placed, name))
      log.add('error', 'unbound-prefix', placed, { message: `the prefix of \`${name}\` is not declared` })
  if (element.attributes.xmlns !== undefined)
    log.add('warning', 'namespace', placed, {
      attribute: 'xmlns',
      message: "in a namespace Label Studio's server no longer finds labels",
      hint: 'Remove `xmlns`.',
    })
  if (row === undefined)
    log.add('warning', 'unknown-tag', placed, {
      message: `<${element.name}> is no tag of Label Studio; it is kept as it is`,
      hint: log.suggest(element.name, tagNames),
    })
  else if (tag !== element.name)
    log.add('warning', 'tag-case', placed, {
      message: `<${element.name}> is <${tag}> to the editor, but its labels are lost to the server`,
      hint: `Write <${tag}>.`,
    })
  if (row?.documentedOnly === true)
    log.add('warning', 'enterprise-tag', placed, { message: `<${tag}> is not in Label Studio's open-source editor` })
}

function isBound(placed: PlacedTag, name: string): boolean {
  const prefix = name.slice(0, name.indexOf(':'))
  if (prefix === 'xml' || prefix === 'xmlns') return true
  const declaration = `xmlns:${prefix}`
  for (let at: PlacedTag | undefined = placed; at !== undefined; at = at.parent)
    if (at.element.attributes[declaration] !== undefined) return true
  return false
}

function checkSurroundings(log: IssueLog, placed: PlacedTag): void {
  const { row, tag } = placed
  const parents = row !== undefined && 'within' in row ? row.within : undefined
  if (parents === undefined || isWithin(placed, parents)) return
  log.add('warning', 'misplaced-tag', placed, {
    message: `<${tag}> must be inside ${parents.map((parent) => `<${parent}>`).join(' or ')}`,
  })
}

function isWithin(placed: PlacedTag, parents: readonly string[]): boolean {
  for (let at = placed.parent; at !== undefined; at = at.parent) {
    const { tag, row } = at
    if (row === undefined || parents.includes(tag) || (parents.includes('…Labels') && tag.endsWith('Labels')))
      return true
  }
  return false
}

function checkNeeds(log: IssueLog, placed: PlacedTag): void {
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

const NAMELESS = ['Collapse', 'Filter', 'Header', 'Style', 'View']

function checkName(log: IssueLog, placed: PlacedTag): void {
  const { name, value, perRegion, perItem } = placed.element.attributes
  if (name === '')
    log.add('warning', 'empty-name', placed, {
      attribute: 'name',
      message: 'the name is empty, so no result can use it',
    })
  if (name !== undefined && NAMELESS.includes(placed.tag))
    log.add('warning', 'name-not-allowed', placed, {
      attribute: 'name',
      message: `the editor refuses a \`name\` on <${placed.tag}>`,
      hint: 'Remove it.',
    })
  if (name !== undefined && value !== undefined && placed.row?.family === 'option')
    log.add('warning', 'named-option', placed, {
      attribute: 'name',
      message: "Label Studio's server takes an option with a `name` for an object, and loses the label",
      hint: 'Remove the name.',
    })
  if (perRegion === 'true' && perItem === 'true')
    log.add('warning', 'per-region-and-per-item', placed, {
      attribute: 'perItem',
      message: '`perItem` and `perRegion` exclude each other',
      hint: 'Keep `perRegion`: it works with several pages too.',
    })
}
