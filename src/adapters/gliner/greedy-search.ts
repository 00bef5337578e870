import type { Candidate } from './candidates.js'

/** Which candidates may stand beside each other. */
export interface Overlaps {
  /** An entity may lie inside another one. */
  readonly nested: boolean
  /** The same span may have several labels. */
  readonly multiLabel: boolean
}

/**
 * Keeps the surest candidates that may stand beside each other, in the order of the text: `greedy_search` of the Python
 * package.
 */
export function greedySearch(candidates: readonly Candidate[], overlaps: Overlaps): Candidate[] {
  const keptAt = new Map<number, Candidate[]>()
  const kept: Candidate[] = []
  for (const candidate of [...candidates].sort((a, b) => b.score - a.score)) {
    const words = Array.from({ length: candidate.last - candidate.first + 1 }, (_, index) => candidate.first + index)
    if (words.some((word) => keptAt.get(word)?.some((other) => clash(candidate, other, overlaps)))) continue
    kept.push(candidate)
    for (const word of words) keptAt.set(word, [...(keptAt.get(word) ?? []), candidate])
  }
  return kept.sort((a, b) => a.first - b.first)
}

/** Whether two spans that share a word cannot both be entities. */
function clash(a: Candidate, b: Candidate, { nested, multiLabel }: Overlaps): boolean {
  if (a.first === b.first && a.last === b.last) return !multiLabel
  const inside = (a.first <= b.first && a.last >= b.last) || (b.first <= a.first && b.last >= a.last)
  return !(nested && inside)
}
