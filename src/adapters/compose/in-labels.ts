import type { Finding } from '../../results/findings.js'
import type { Adapter, Outcome } from '../adapter.js'
import { mappedLabel } from '../mapped-label.js'
import { foundPart, toOutcome } from '../partly-failed.js'

/**
 * The outcome after its adapter's own label map, which the backend applies only to an adapter that stands alone: without
 * the findings that the map drops.
 */
export function inLabels(member: Adapter, outcome: Outcome): Outcome {
  const part = foundPart(outcome)
  if (part instanceof Error) return part
  return toOutcome({ ...part, findings: part.findings.flatMap((finding) => labelled(member, finding)) })
}

function labelled(member: Adapter, finding: Finding): Finding[] {
  if (finding.kind === 'classification') {
    const classes = finding.classes.flatMap((entry) => {
      const label = mappedLabel(member, entry.label)
      return label === undefined ? [] : [{ ...entry, label }]
    })
    return classes.length === 0 ? [] : [{ ...finding, classes }]
  }
  if (!('label' in finding)) return [finding]
  const label = mappedLabel(member, finding.label)
  return label === undefined ? [] : [{ ...finding, label }]
}
