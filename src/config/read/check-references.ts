/** Checks between tags: names that are given twice, and names that point nowhere. */

import type { ControlTag, ObjectTag } from '../labeling-config.js'
import { controlRow } from '../tags/tag-table.js'
import type { IssueLog, PlacedTag } from './placed-tag.js'

export function checkReferences(
  log: IssueLog,
  tags: readonly PlacedTag[],
  controls: ReadonlyMap<string, ControlTag>,
  objects: ReadonlyMap<string, ObjectTag>,
): void {
  const names = checkUniqueNames(log, tags)
  for (const placed of tags) {
    const { toName, whenTagName } = placed.element.attributes
    if (toName !== undefined) for (const name of toName.split(',')) checkToName(log, placed, name, names, objects)
    if (whenTagName !== undefined && whenTagName !== '') checkWhen(log, placed, whenTagName, names, controls)
  }
}

/** Every `name` counts, on whatever tag: the server compares them all. */
function checkUniqueNames(log: IssueLog, tags: readonly PlacedTag[]): Set<string> {
  const names = new Set<string>()
  for (const placed of tags) {
    const { name } = placed.element.attributes
    if (name === undefined) continue
    if (names.has(name))
      log.add('error', 'duplicate-name', placed, {
        attribute: 'name',
        message: `the name "${name}" is used more than once`,
        hint: 'Give each tag a name of its own.',
      })
    names.add(name)
  }
  return names
}

function checkToName(
  log: IssueLog,
  placed: PlacedTag,
  name: string,
  names: ReadonlySet<string>,
  objects: ReadonlyMap<string, ObjectTag>,
): void {
  const attribute = 'toName'
  if (!names.has(name)) {
    const hint = names.has(name.trim())
      ? 'Remove the blanks: names in `toName` are separated by a comma alone.'
      : log.suggest(name, objects.keys())
    log.add('error', 'unknown-to-name', placed, { attribute, message: `no tag is named "${name}"`, hint })
    return
  }
  const object = objects.get(name)
  if (object === undefined) {
    log.add('warning', 'to-name-not-object', placed, { attribute, message: `"${name}" is no object tag` })
    return
  }
  const allowed = controlRow(placed.tag)?.objects ?? []
  if (allowed.length > 0 && !allowed.includes(object.tag))
    log.add('warning', 'unsupported-object', placed, {
      attribute,
      message: `<${placed.tag}> works on ${allowed.map((tag) => `<${tag}>`).join(' or ')}, but "${name}" is a <${object.tag}>`,
    })
}

function checkWhen(
  log: IssueLog,
  placed: PlacedTag,
  name: string,
  names: ReadonlySet<string>,
  controls: ReadonlyMap<string, ControlTag>,
): void {
  if (!names.has(name)) {
    log.add('warning', 'unknown-when-tag', placed, {
      attribute: 'whenTagName',
      message: `no tag is named "${name}", so this is never shown`,
      hint: log.suggest(name, controls.keys()),
    })
    return
  }
  const control = controls.get(name)
  if (control === undefined || control.openVocabulary === true || control.labels.length === 0) return
  for (const attribute of ['whenLabelValue', 'whenChoiceValue']) {
    const values = placed.element.attributes[attribute]?.split(',') ?? []
    for (const value of values)
      if (!control.labels.includes(value) && !control.options.some((option) => option.value === value))
        log.add('warning', 'unknown-when-value', placed, {
          attribute,
          message: `"${name}" has no label "${value}"`,
          hint: log.suggest(value, control.labels),
        })
  }
}
