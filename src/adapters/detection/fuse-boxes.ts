import type { Box, Detection, Finding } from '../../results/findings.js'
import { boxIou } from '../../results/geometry/index.js'

/** A detection as an adapter gives it. */
export type FoundBox = Finding & Detection

/** Which boxes of several models mean the same thing, and how much each model counts. */
export interface FusionOptions {
  readonly iouThreshold: number
  /** One for each model. */
  readonly weights: readonly number[]
}

interface Weighted {
  readonly finding: FoundBox
  readonly weight: number
}

/**
 * Weighted box fusion: boxes of one class that overlap become one, whose sides are their mean weighted by score, and whose
 * score is their mean lowered by the share of models that did not see the thing.
 *
 * Source: Solovyev, Wang, Gabruseva, "Weighted boxes fusion", https://arxiv.org/abs/1910.13302, section 3.
 *
 * @param found what each model found for one control
 */
export function fuseBoxes(
  found: readonly (readonly FoundBox[])[],
  { iouThreshold, weights }: FusionOptions,
): FoundBox[] {
  const clusters: { members: Weighted[]; box: Box }[] = []
  for (const { finding, weight } of byScore(found, weights)) {
    const same = clusters
      .filter(({ members: [first] }) => first !== undefined && isComparable(first.finding, finding))
      .map((cluster) => ({ cluster, iou: boxIou(cluster.box, finding.box) }))
      .filter(({ iou }) => iou > iouThreshold)
      .sort((a, b) => b.iou - a.iou)[0]?.cluster
    if (same === undefined) clusters.push({ members: [{ finding, weight }], box: finding.box })
    else {
      same.members.push({ finding, weight })
      same.box = meanBox(same.members)
    }
  }
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  return clusters
    .flatMap(({ members, box }) => {
      const [first] = members
      if (first === undefined) return []
      const mean = members.reduce((sum, member) => sum + weightedScore(member), 0) / members.length
      return [{ ...first.finding, box, score: (mean * Math.min(members.length, weights.length)) / total }]
    })
    .sort((a, b) => b.score - a.score)
}

/** Suppression over the boxes of all models: of those that mean the same thing the surest stays as it is. */
export function suppressBoxes(
  found: readonly (readonly FoundBox[])[],
  { iouThreshold, weights }: FusionOptions,
): FoundBox[] {
  const kept: FoundBox[] = []
  for (const { finding } of byScore(found, weights)) {
    const seen = kept.some((surer) => isComparable(surer, finding) && boxIou(surer.box, finding.box) > iouThreshold)
    if (!seen) kept.push(finding)
  }
  return kept
}

function byScore(found: readonly (readonly FoundBox[])[], weights: readonly number[]): Weighted[] {
  return found
    .flatMap((findings, model) => findings.map((finding) => ({ finding, weight: weights[model] ?? 1 })))
    .sort((a, b) => weightedScore(b) - weightedScore(a))
}

function weightedScore({ finding, weight }: Weighted): number {
  return (finding.score ?? 1) * weight
}

function isComparable(a: FoundBox, b: FoundBox): boolean {
  return a.label === b.label && a.itemIndex === b.itemIndex && a.unit === b.unit
}

/** Turned boxes have no mean: the surest one's stays. */
function meanBox(members: readonly Weighted[]): Box {
  const [surest] = members
  if (surest !== undefined && members.some(({ finding }) => finding.box.rotation !== undefined))
    return surest.finding.box
  const total = members.reduce((sum, member) => sum + weightedScore(member), 0)
  const mean = (side: (box: Box) => number) =>
    members.reduce((sum, member) => sum + side(member.finding.box) * weightedScore(member), 0) / total
  return {
    x: mean(({ x }) => x),
    y: mean(({ y }) => y),
    width: mean(({ width }) => width),
    height: mean(({ height }) => height),
  }
}
