import type { ControlTag, ObjectTag } from '../../config/labeling-config.js'
import type { Finding } from '../../results/findings.js'
import { canShow } from '../../results/render/can-show.js'
import type { Item } from '../adapter.js'

/** What one adapter found in an item, and the controls of the item that it fills. */
interface Said {
  readonly findings: readonly Finding[]
  readonly controls: readonly ControlTag[]
}

/**
 * A finding that names no control goes on every control that can show it. Where other findings name theirs, or other
 * adapters fill others, it is told for each of its controls by name: only then is it seen which are about the same.
 */
export function spellOut<S extends Said>(
  said: readonly S[],
  { controls, object }: Pick<Item, 'controls' | 'object'>,
): S[] {
  const isPlain = ({ findings, controls: own }: Said) =>
    own.length === controls.length && findings.every(({ control }) => control === undefined)
  if (said.every(isPlain)) return [...said]
  return said.map((one) => ({
    ...one,
    findings: one.findings.flatMap((finding) => byControl(finding, one.controls, object)),
  }))
}

function byControl(finding: Finding, controls: readonly ControlTag[], object: ObjectTag): Finding[] {
  // The points of a skeleton and their box are one finding on two controls.
  if (finding.control !== undefined || finding.kind === 'pose') return [finding]
  const showing = controls.filter((control) => canShow(finding.kind, control, object))
  return showing.length === 0 ? [finding] : showing.map(({ name }) => ({ ...finding, control: name }))
}
