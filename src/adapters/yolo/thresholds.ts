import type { ControlTag } from '../../config/labeling-config.js'
import type { Finding } from '../../results/findings.js'

/** The options that decide how sure the model must be. */
export interface Thresholds {
  readonly scoreThreshold: number
  readonly labelThresholds: Readonly<Record<string, number>>
}

/** The score of each class below which no control wants a finding: so far down the model has to look. */
export function controlFloors(
  names: readonly string[],
  controls: readonly ControlTag[],
  thresholds: Thresholds,
): Float32Array {
  return Float32Array.from(names, (name) =>
    Math.min(
      ...controls.map((control) => threshold(name, control, thresholds)),
      threshold(name, undefined, thresholds),
    ),
  )
}

/** Keeps weak findings, looked for on behalf of one control, from the controls that did not ask for them. */
export function forControls(
  findings: readonly Finding[],
  controls: readonly ControlTag[],
  thresholds: Thresholds,
): Finding[] {
  return findings.flatMap((finding): Finding[] => {
    if (!('label' in finding)) return [finding]
    const score = finding.score ?? 1
    const wanting = controls.filter((control) => score > threshold(finding.label, control, thresholds))
    if (wanting.length === controls.length) return [finding]
    return wanting.map(({ name }) => ({ ...finding, control: name }))
  })
}

/** A class's own threshold, else the control's (attribute of the Python backend), else the adapter's. */
function threshold(label: string, control: ControlTag | undefined, thresholds: Thresholds): number {
  const written = control?.attributes.model_score_threshold ?? control?.attributes.score_threshold
  const own = thresholds.labelThresholds[label]
  if (own !== undefined) return own
  const asked = Number(written)
  return written === undefined || written.trim() === '' || Number.isNaN(asked) ? thresholds.scoreThreshold : asked
}
