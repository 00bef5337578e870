/** A place where a rule holds: UTF-16 units of the text, end exclusive. */
export interface Match {
  readonly start: number
  readonly end: number
  /** 0..1 */
  readonly score: number
}

/** A rule, ready to look for. */
export type Matcher = (text: string) => Match[]

/** Keeps the matches that come first in `order` among those that overlap; in the order of the text. */
export function withoutOverlaps<M extends Match>(matches: readonly M[], order: (a: M, b: M) => number): M[] {
  const kept: M[] = []
  for (const match of [...matches].sort(order)) {
    const at = firstAfter(kept, match.start)
    const free = (kept[at - 1]?.end ?? 0) <= match.start && (kept[at]?.start ?? Number.POSITIVE_INFINITY) >= match.end
    if (free) kept.splice(at, 0, match)
  }
  return kept
}

/** Index of the first of the sorted matches that begins at `start` or after. */
function firstAfter(sorted: readonly Match[], start: number): number {
  let [low, high] = [0, sorted.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((sorted[middle]?.start ?? 0) < start) low = middle + 1
    else high = middle
  }
  return low
}
