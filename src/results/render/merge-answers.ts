import type { Finding } from '../findings.js'

/** A finding, and its place among those that were given. */
export interface Numbered {
  readonly finding: Finding
  readonly index: number
}

/**
 * Makes one of several classifications of the same thing, and one of several texts: a control has one answer for an
 * object, and of several results the editor keeps the last.
 */
export function mergeAnswers(findings: readonly Finding[]): Numbered[] {
  const merged: Numbered[] = []
  const places = new Map<string, number>()
  findings.forEach((finding, index) => {
    if (finding.kind !== 'classification' && finding.kind !== 'text') {
      merged.push({ finding, index })
      return
    }
    const key = `${finding.kind} ${finding.itemIndex ?? ''} ${finding.control ?? ''}`
    const place = places.get(key)
    const before = place === undefined ? undefined : merged[place]
    if (place === undefined || before === undefined) places.set(key, merged.push({ finding, index }) - 1)
    else merged[place] = { finding: joined(before.finding, finding), index: before.index }
  })
  return merged
}

function joined(first: Finding, second: Finding): Finding {
  if (first.kind === 'classification' && second.kind === 'classification') {
    const classes = [...first.classes, ...second.classes].sort((a, b) => (b.score ?? 1) - (a.score ?? 1))
    return { ...first, classes }
  }
  if (first.kind === 'text' && second.kind === 'text') return { ...first, text: [first.text, second.text].flat() }
  return first
}
