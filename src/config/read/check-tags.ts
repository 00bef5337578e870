/** Checks of each tag by itself and its surroundings. */

import { tagNames } from '../tags/tag-table.js'
import { checkNeeds } from './check-needs.js'
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
