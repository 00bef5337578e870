import { describe, expect, it } from 'vitest'
import { mergeSlices } from '../../../src/adapters/detection/merge-slices.js'
import { shift } from '../../../src/adapters/detection/slices.js'
import type { Detection, Mask } from '../../../src/results/findings.js'
import { wholeMask } from '../../../src/results/mask/index.js'
import cases from '../../fixtures/sahi/merges.json' with { type: 'json' }

const BY_CLASS = { agnostic: false, maxDetections: 300 }
const thing = (label: string, score: number, x: number, y: number, width: number, height: number): Detection => ({
  kind: 'detection',
  label,
  score,
  box: { x, y, width, height },
})

interface Recorded {
  readonly label: string
  readonly score: number
  readonly box: readonly number[]
}

const detection = ({ label, score, box: [x1 = 0, y1 = 0, x2 = 0, y2 = 0] }: Recorded) =>
  thing(label, score, x1, y1, x2 - x1, y2 - y1)
const corners = ({ label, score, box: { x, y, width, height } }: Detection) => ({
  label,
  score,
  box: [x, y, x + width, y + height].map((side) => Math.round(side * 100) / 100),
})
const rounded = (recorded: readonly Recorded[]) =>
  recorded.map(({ box, ...rest }) => ({ ...rest, box: box.map((side) => Math.round(side * 100) / 100) }))

describe('mergeSlices', () => {
  it.each(cases.map((recorded, index) => ({ ...recorded, index })))('does as SAHI with boxes $index', (recorded) => {
    const found = recorded.boxes.map(detection)
    expect(mergeSlices(found, BY_CLASS).map(corners)).toEqual(rounded(recorded.byClass))
    expect(mergeSlices(found, { ...BY_CLASS, agnostic: true }).map(corners)).toEqual(rounded(recorded.agnostic))
  })

  it('makes one of a thing that two slices cut, and leaves others alone', () => {
    const findings = [
      thing('car', 0.7, 0, 0, 60, 20),
      thing('car', 0.9, 10, 0, 90, 20),
      thing('bus', 0.8, 10, 0, 90, 20),
      thing('car', 0.5, 200, 0, 60, 20),
    ]
    expect(mergeSlices(findings, BY_CLASS)).toEqual([
      thing('car', 0.9, 0, 0, 100, 20),
      thing('bus', 0.8, 10, 0, 90, 20),
      thing('car', 0.5, 200, 0, 60, 20),
    ])
    expect(mergeSlices(findings, { agnostic: true, maxDetections: 1 })).toEqual([thing('car', 0.9, 0, 0, 100, 20)])
  })

  it('unites masks at their places', () => {
    const size = { width: 2, height: 1 }
    const mask = (left: number, score: number): Mask =>
      shift(
        {
          kind: 'mask',
          label: 'car',
          score,
          box: { x: 0, y: 0, ...size },
          mask: { ...size, data: Uint8Array.from([1, 1]) },
        },
        { top: 0, ...size, left },
        { width: 5, height: 1 },
      )
    expect(mask(2, 0.5).mask).toEqual({
      width: 5,
      height: 1,
      data: Uint8Array.of(1, 1),
      crop: { x: 2, ...size, y: 0 },
    })
    expect(mask(2, 0.5).box).toEqual({ x: 2, y: 0, width: 2, height: 1 })
    const [first, second, ...rest] = mergeSlices([mask(0, 0.9), mask(1, 0.8), mask(2, 0.7)], BY_CLASS)
    expect(rest).toEqual([])
    expect(first?.mask.crop).toEqual({ x: 0, y: 0, width: 3, height: 1 })
    expect(first && [...wholeMask(first.mask).data]).toEqual([1, 1, 1, 0, 0])
    expect(second).toEqual(mask(2, 0.7))
  })

  it('keeps the surest of turned boxes as it is', () => {
    const turned = (score: number, x: number): Detection => {
      const { box, ...rest } = thing('ship', score, x, 0, 40, 10)
      return { ...rest, box: { ...box, rotation: 30 } }
    }
    expect(mergeSlices([turned(0.5, 4), turned(0.9, 0)], BY_CLASS)).toEqual([turned(0.9, 0)])
  })
})
