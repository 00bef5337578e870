/** Checks of each tag by itself and its surroundings. */

import type { Severity } from '../../issues.js'
import type { Need } from '../tags/tag-row.js'
import { tagNames } from '../tags/tag-table.js'
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
  if (element.name.includes(':') && !isBound(placed, element.name))
    log.add('error', 'unbound-prefix', placed, { message: `the prefix of <${element.name}> is not declared` })
  if (element.attributes.xmlns !== undefined)
    log.add('warning', 'namespace', placed, {
      attribute: 'xmlns',
      message: 'in a namespace Label Studio’s server no longer finds labels',
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
  const declaration = `xmlns:${name.slice(0, name.indexOf(':'))}`
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
  const { row, tag, element } = placed
  if (row === undefined) return
  const severity: Severity = isInViewsOnly(placed) ? 'error' : 'warning'
  for (const need of needsOf(placed)) {
    if (isMet(element, need)) continue
    const refused = row.needs?.includes(need) === true
    log.add(refused ? severity : 'warning', MISSING[need].code, placed, MISSING[need].problem(tag, row.family))
  }
}

/** What the server insists on, and what the tag cannot do anything without. */
function needsOf({ row, parent }: PlacedTag): Need[] {
  const needs = new Set<Need>(row?.needs ?? [])
  if (row?.family === 'control') {
    needs.add('name').add('toName')
    if (row.option !== undefined && row.option !== 'Bucket') needs.add('options')
  }
  if (row?.family === 'object') needs.add('name')
  if (row?.family === 'object' && row.ownControl === undefined) needs.add('value')
  if (row?.family === 'option' && parent?.tag !== 'Ranker') needs.add('value')
  return [...needs]
}

function isMet({ attributes, children }: XmlElement, need: Need): boolean {
  const { value, valueList, alias, apiUrl } = attributes
  switch (need) {
    case 'value':
      return value !== undefined || valueList !== undefined || (alias !== undefined && alias !== '')
    case 'options':
      return value !== undefined || apiUrl !== undefined || children.some((child) => child instanceof XmlElement)
    default:
      return attributes[need] !== undefined
  }
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
      hint: 'Name the object it is about; Label Studio’s server knows it as a control only with `toName`.',
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

/** The server's schema looks into `<View>`s only. */
function isInViewsOnly({ parent }: PlacedTag): boolean {
  if (parent === undefined) return false
  for (let at: PlacedTag | undefined = parent; at !== undefined; at = at.parent)
    if (at.element.name !== 'View') return false
  return true
}

const NAMELESS = ['Collapse', 'Filter', 'Header', 'Style', 'View']

function checkName(log: IssueLog, placed: PlacedTag): void {
  const { name, perRegion, perItem } = placed.element.attributes
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
  if (perRegion === 'true' && perItem === 'true')
    log.add('warning', 'per-region-and-per-item', placed, {
      attribute: 'perItem',
      message: '`perItem` and `perRegion` exclude each other',
      hint: 'Keep `perRegion`: it works with several pages too.',
    })
}
