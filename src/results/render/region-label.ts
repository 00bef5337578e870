import type { ControlTag, LabelingConfig, ObjectTag } from '../../config/index.js'
import type { Finding } from '../findings.js'
import { labelSource } from './companions.js'
import { type ClassRules, shownClasses } from './shown-classes.js'
import { thresholdFor } from './threshold.js'

/** A found thing: it has a place and a class. */
export type Region = Extract<Finding, { label: string }>

/** How a region is named on a control. */
export interface RegionLabel {
  /** The control whose label it is; undefined for regions without one. */
  readonly source?: ControlTag
  readonly label?: string
}

/** The label that a thing gets on a control; undefined when the thing is not shown there: no label, or too low a score. */
export function regionLabel(
  finding: Region,
  control: ControlTag,
  { config, object, ...rules }: ClassRules & { readonly config: LabelingConfig; readonly object: ObjectTag },
): RegionLabel | undefined {
  const source = labelSource(config, control, object)
  // Points of a skeleton have labels of their own, which need not have to do with the class of the whole.
  if (source === undefined || (finding.kind === 'pose' && control.tag === 'KeyPointLabels')) {
    return isBelow(finding.score, control, rules) ? undefined : {}
  }
  const label = shownClasses([finding], source, rules)[0]?.label
  return label === undefined ? undefined : { source, label }
}

/** True for what scores too little for a control, whatever its class. */
export function isBelow(
  score: number | undefined,
  control: ControlTag,
  { thresholds }: Pick<ClassRules, 'thresholds'>,
): boolean {
  return score !== undefined && score < thresholdFor(control, undefined, thresholds)
}
