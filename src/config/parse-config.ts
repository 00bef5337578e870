import { hasErrors, type Issue, IssuesError } from '../issues.js'
import type { ControlTag, LabelingConfig, LabelOption, ObjectTag } from './labeling-config.js'
import { checkAttributes } from './read/check-attributes.js'
import { checkLoneChoices } from './read/check-lone-choice.js'
import { checkOptions } from './read/check-options.js'
import { checkReferences } from './read/check-references.js'
import { checkTag } from './read/check-tags.js'
import { IssueLog, placeTags } from './read/placed-tag.js'
import { readControl } from './read/read-control.js'
import { readObject } from './read/read-object.js'
import { groupOptions, readOptions } from './read/read-options.js'
import { readXml } from './xml/read-xml.js'

/** A config and what is wrong with it; no config when an issue is an error. */
export interface CheckedConfig {
  readonly config: LabelingConfig | undefined
  /** Errors and warnings, in the order of the text. */
  readonly issues: readonly Issue[]
}

/**
 * Reads labeling-config XML and says all that is wrong with it, in one pass.
 *
 * Errors are what Label Studio refuses; warnings what it takes but does not show as meant.
 */
export function checkConfig(xml: string): CheckedConfig {
  const { root, lines, issues: xmlIssues } = readXml(xml)
  if (root === undefined) return { config: undefined, issues: xmlIssues }

  const log = new IssueLog(xml, lines)
  const tags = placeTags(root)
  const groups = groupOptions(tags)
  const controls = new Map<string, ControlTag>()
  const objects = new Map<string, ObjectTag>()
  let relations: readonly LabelOption[] | undefined
  for (const placed of tags) {
    checkTag(log, placed)
    checkAttributes(log, placed)
    const group = groups.get(placed) ?? []
    checkOptions(log, group)
    const options = readOptions(log, group)
    if (placed.tag === 'Relations') relations = options
    const control = readControl(log, placed, options)
    if (control !== undefined && !controls.has(control.name)) controls.set(control.name, control)
    const object = readObject(log, placed)
    if (object !== undefined && !objects.has(object.name)) objects.set(object.name, object)
  }
  checkLoneChoices(log, tags)
  checkReferences(log, tags, controls, objects)

  const issues = [...xmlIssues, ...log.issues].sort((a, b) => (a.position?.offset ?? 0) - (b.position?.offset ?? 0))
  if (hasErrors(issues)) return { config: undefined, issues }
  return { config: { xml, controls, objects, ...(relations === undefined ? {} : { relations }), issues }, issues }
}

/**
 * Reads labeling-config XML.
 *
 * @throws IssuesError `invalid-config`, with every issue, when Label Studio would refuse it
 */
export function parseConfig(xml: string): LabelingConfig {
  const { config, issues } = checkConfig(xml)
  if (config === undefined) throw new IssuesError('The labeling config', issues, { code: 'invalid-config' })
  return config
}
