import { expect } from 'vitest'
import { overlap } from '../../../src/adapters/detection/suppress.js'
import type { Box, Finding } from '../../../src/results/findings.js'

/** A thing that the original implementation found. */
export interface Reference {
  readonly name: string
  readonly conf: number
}

/** A thing that both found. */
export interface Match<R extends Reference, F extends Finding> {
  readonly reference: R
  readonly finding: F
  readonly similarity: number
}

type Labelled = Extract<Finding, { readonly label: string }>

/**
 * Pairs what the original found with findings of the same class, the most similar first, and expects that each side lacks
 * nothing that the other is sure of (above the threshold by 0.01), and that scores are within 0.01.
 */
export function matchFindings<R extends Reference, F extends Labelled>(
  findings: readonly F[],
  references: readonly R[],
  threshold: number,
  similarityOf: (finding: F, reference: R) => number,
): Match<R, F>[] {
  const possible = references
    .flatMap((reference) =>
      findings
        .filter(({ label }) => label === reference.name)
        .map((finding) => ({ reference, finding, similarity: similarityOf(finding, reference) })),
    )
    .sort((a, b) => b.similarity - a.similarity)
  const matches: Match<R, F>[] = []
  for (const pair of possible) {
    const free = !matches.some(({ reference, finding }) => reference === pair.reference || finding === pair.finding)
    if (free && pair.similarity > 0) matches.push(pair)
  }
  const sure = threshold + 0.01
  const missed = references.filter((each) => each.conf > sure && !matches.some(({ reference }) => reference === each))
  const added = findings.filter((each) => (each.score ?? 1) > sure && !matches.some(({ finding }) => finding === each))
  expect({ missed, added }).toEqual({ missed: [], added: [] })
  for (const { finding, reference } of matches)
    expect(Math.abs((finding.score ?? 1) - reference.conf)).toBeLessThanOrEqual(0.01)
  return matches
}

/** Intersection over union of a finding's box and corners of the original. */
export function boxSimilarity(
  box: Box | undefined,
  [x1, y1, x2, y2]: readonly [number, number, number, number],
): number {
  if (box === undefined) return 0
  const { x, y, width, height } = box
  return overlap({ x1: x, y1: y, x2: x + width, y2: y + height }, { x1, y1, x2, y2 })
}

/** Findings of one kind; fails on an Error and on any other kind. */
export function ofKind<K extends Finding['kind']>(
  findings: readonly Finding[] | Error | undefined,
  kind: K,
): Extract<Finding, { readonly kind: K }>[] {
  if (findings === undefined || findings instanceof Error) throw findings ?? new Error('no answer')
  return findings.map((finding) => {
    if (!isKind(finding, kind)) throw new Error(`found a ${finding.kind}, not a ${kind}`)
    return finding
  })
}

function isKind<K extends Finding['kind']>(
  finding: Finding,
  kind: K,
): finding is Extract<Finding, { readonly kind: K }> {
  return finding.kind === kind
}

/** The smallest and the mean of the values. */
export function spread(values: readonly number[]): { readonly min: number; readonly mean: number } {
  return { min: Math.min(...values), mean: values.reduce((sum, value) => sum + value, 0) / values.length }
}
