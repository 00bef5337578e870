import type { Candidate } from './candidate.js'
import type { Corners } from './corners.js'

/** How overlapping boxes are thinned out. */
export interface SuppressOptions {
  /** A box that overlaps a better one by more than this intersection over union is dropped. */
  readonly iouThreshold: number
  readonly maxDetections: number
  /** Boxes of different classes suppress each other too. */
  readonly agnostic: boolean
}

/** More candidates than this are cut before the comparison of all with all. */
const MAX_CANDIDATES = 30_000

/** Greedy non-maximum suppression: best first, each keeps those that it does not cover. */
export function suppress<C extends Candidate>(candidates: readonly C[], options: SuppressOptions): C[] {
  const kept: C[] = []
  for (const candidate of best(candidates)) {
    if (kept.length >= options.maxDetections) break
    const covered = kept.some(
      (better) =>
        (options.agnostic || better.classIndex === candidate.classIndex) &&
        overlap(better, candidate) > options.iouThreshold,
    )
    if (!covered) kept.push(candidate)
  }
  return kept
}

/** By falling score, at most {@link MAX_CANDIDATES}. */
export function best<C extends { readonly score: number }>(candidates: readonly C[]): C[] {
  return [...candidates].sort((a, b) => b.score - a.score).slice(0, MAX_CANDIDATES)
}

/** Intersection over union of two boxes. */
export function overlap(a: Corners, b: Corners): number {
  const width = Math.min(a.x2, b.x2) - Math.max(a.x1, b.x1)
  const height = Math.min(a.y2, b.y2) - Math.max(a.y1, b.y1)
  if (width <= 0 || height <= 0) return 0
  const both = width * height
  return both / (area(a) + area(b) - both)
}

function area({ x1, y1, x2, y2 }: Corners): number {
  return (x2 - x1) * (y2 - y1)
}
