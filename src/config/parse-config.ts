import { hasErrors, type Issue, IssuesError } from '../issues.js'
import type { LabelingConfig } from './labeling-config.js'
import type { ReadState } from './read/config-reader.js'
import { readTags } from './read/read-tags.js'
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
  const state: ReadState = {
    xml,
    lines,
    issues: [...xmlIssues],
    controls: new Map(),
    objects: new Map(),
    relations: undefined,
  }
  if (root !== undefined) readTags(state, root, '')
  const issues = state.issues.toSorted((a, b) => (a.position?.offset ?? 0) - (b.position?.offset ?? 0))
  if (hasErrors(issues)) return { config: undefined, issues }
  const { controls, objects, relations } = state
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
