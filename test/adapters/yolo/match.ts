import { expect } from 'vitest'
import { overlap } from '../../../src/adapters/detection/suppress.js'
import type { Finding } from '../../../src/results/findings.js'

/** A box of the original implementation, in pixels of the shown picture. */
export interface ReferenceBox {
  readonly name: string
  readonly conf: number
  readonly xyxy: readonly [number, number, number, number]
}

interface Found {
  readonly label: string
  readonly score: number
  readonly corners: { readonly x1: number; readonly y1: number; readonly x2: number; readonly y2: number }
}

/** Pairs each reference box with the closest finding of its class, and checks scores. Returns the overlaps. */
export function matchBoxes(
  findings: readonly Finding[],
  reference: readonly ReferenceBox[],
  threshold: number,
): number[] {
  const sure = (score: number) => score > threshold + 0.01
  const rest = findings.map(found)
  const overlaps = reference
    .filter(({ conf }) => sure(conf))
    .map(({ name, conf, xyxy: [x1, y1, x2, y2] }) => {
      const corners = { x1, y1, x2, y2 }
      const candidates = rest.filter(({ label }) => label === name)
      const best = candidates.sort((a, b) => overlap(b.corners, corners) - overlap(a.corners, corners))[0]
      if (best === undefined) return 0
      rest.splice(rest.indexOf(best), 1)
      expect(Math.abs(best.score - conf)).toBeLessThanOrEqual(0.01)
      return overlap(best.corners, corners)
    })
  expect(rest.filter(({ score }) => sure(score))).toEqual([])
  return overlaps
}

function found(finding: Finding): Found {
  if (finding.kind !== 'detection') throw new Error(`${finding.kind} is no detection`)
  const { x, y, width, height } = finding.box
  return {
    label: finding.label,
    score: finding.score ?? 1,
    corners: { x1: x, y1: y, x2: x + width, y2: y + height },
  }
}

export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}
