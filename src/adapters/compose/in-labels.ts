import type { Finding } from '../../results/findings.js'
import type { Adapter } from '../adapter.js'
import { mappedLabel } from '../mapped-label.js'

/**
 * The finding after its adapter's own label map, which the backend applies only to an adapter that stands alone; nothing
 * where the map drops it.
 */
export function inLabels(member: Adapter, finding: Finding): Finding[] {
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
