import type { ControlTag } from '../../config/index.js'
import type { Finding, Pose } from '../../results/findings.js'
import { flagAttribute } from '../../results/render/flag-attribute.js'
import type { ControlThresholds } from '../detection/control-thresholds.js'
import { boxesOf, pointsOf, showsPoints } from './attributes.js'

/**
 * Gives each finding to the controls that ask for it. The points of a skeleton go with a box to stand under: on the
 * control that is there for it, else on the first one for boxes; none where `model_add_bboxes` says so.
 *
 * @param bound the controls that the adapter was given
 */
export function assignFindings(
  findings: readonly Finding[],
  thresholds: ControlThresholds,
  bound: readonly ControlTag[],
): Finding[] {
  return findings.flatMap((finding) =>
    finding.kind === 'pose' ? assignPose(finding, thresholds.wanting(finding), bound) : thresholds.assign([finding]),
  )
}

function assignPose(pose: Pose, wanting: readonly ControlTag[], bound: readonly ControlTag[]): Finding[] {
  const boxes = wanting.filter((control) => !showsPoints(control) && pointsOf(control, bound) === undefined)
  const findings = wanting.filter(showsPoints).map((points): Finding => {
    const wantsBox = flagAttribute(points.attributes.model_add_bboxes, true)
    const box = boxesOf(points, bound) ?? (wantsBox ? boxes.shift() : undefined)
    return { ...pose, control: points.name, ...(box === undefined ? {} : { boxControl: box.name }) }
  })
  return [...findings, ...boxes.map(({ name }): Finding => ({ ...pose, control: name }))]
}
