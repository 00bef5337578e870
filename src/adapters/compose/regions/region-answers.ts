import type { ControlTag } from '../../../config/labeling-config.js'
import type { Finding, RegionAnswer } from '../../../results/findings.js'
import { canAnswer } from '../../../results/render/can-show.js'

/** What an adapter says of a region, for each control by name. What draws regions of its own is no answer. */
export function regionAnswers(said: readonly Finding[], controls: readonly ControlTag[]): RegionAnswer[] {
  return said.flatMap((finding): RegionAnswer[] => {
    if (!isAnswer(finding)) return []
    const { itemIndex: _, control: named, ...answer } = finding
    if (named !== undefined) return [{ ...answer, control: named }]
    return controls.filter((one) => canAnswer(finding.kind, one)).map(({ name }) => ({ ...answer, control: name }))
  })
}

type Answer = Extract<Finding, { kind: RegionAnswer['kind'] }>

function isAnswer(finding: Finding): finding is Answer {
  return ['classification', 'text', 'number', 'datetime'].includes(finding.kind)
}
