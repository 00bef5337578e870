import type { Box, Finding, Unit } from '../../results/findings.js'
import { boxIou } from '../../results/geometry/index.js'

/**
 * How much of one place two findings share: intersection over union, 0..1. Findings of different kinds, objects' parts
 * or controls share nothing; findings about a whole object (classes, texts, numbers) share all of it.
 */
export function overlapOf(a: Finding, b: Finding): number {
  if (a.kind !== b.kind || a.control !== b.control || a.itemIndex !== b.itemIndex) return 0
  if (a.kind === 'span' && b.kind === 'span') return a.utterance === b.utterance ? intervalIou(a, b) : 0
  if (a.kind === 'segment' && b.kind === 'segment') return a.channel === b.channel ? intervalIou(a, b) : 0
  if (a.kind === 'track' || a.kind === 'timeline') return 0
  const [boxA, boxB] = [boxOf(a), boxOf(b)]
  if (boxA !== undefined && boxB !== undefined) return boxA.unit === boxB.unit ? boxIou(boxA.box, boxB.box) : 0
  return isPlaced(a) ? 0 : 1
}

/** Findings that are at a place of their object, rather than about the whole of it. */
function isPlaced({ kind }: Finding): boolean {
  return !['classification', 'text', 'number', 'datetime', 'preference', 'ranking'].includes(kind)
}

interface Interval {
  readonly start: number
  readonly end: number
}

function intervalIou(a: Interval, b: Interval): number {
  const shared = Math.min(a.end, b.end) - Math.max(a.start, b.start)
  const union = Math.max(a.end, b.end) - Math.min(a.start, b.start)
  return shared > 0 && union > 0 ? shared / union : 0
}

function boxOf(finding: Finding): { box: Box; unit: Unit } | undefined {
  if (finding.kind === 'detection') return { box: finding.box, unit: finding.unit ?? 'pixel' }
  if (finding.kind === 'pose' && finding.box !== undefined) return { box: finding.box, unit: finding.unit ?? 'pixel' }
  if (finding.kind === 'mask' && finding.box !== undefined) return { box: finding.box, unit: 'pixel' }
  return undefined
}
