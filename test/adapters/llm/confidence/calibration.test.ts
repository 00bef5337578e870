import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  type Calibration,
  calibrate,
  expectedCalibrationError,
  fitCalibration,
  type GradedScore,
} from '../../../../src/adapters/llm/index.js'

const graded = (...groups: readonly (readonly [score: number, right: number, of: number])[]): GradedScore[] =>
  groups.flatMap(([score, right, of]) => Array.from({ length: of }, (_, index) => ({ score, correct: index < right })))

describe('expected calibration error', () => {
  it('is the weighted distance of sureness and truth', () => {
    expect(expectedCalibrationError(graded([0.9, 9, 10]))).toBeCloseTo(0)
    expect(expectedCalibrationError(graded([0.9, 5, 10]))).toBeCloseTo(0.4)
    expect(expectedCalibrationError(graded([0.95, 5, 10], [0.25, 0, 30]))).toBeCloseTo((10 * 0.45 + 30 * 0.25) / 40)
    expect(
      expectedCalibrationError([
        { score: 1, correct: true },
        { score: 0, correct: false },
      ]),
    ).toBe(0)
    expect(expectedCalibrationError([])).toBe(0)
  })
})

describe('temperature', () => {
  it('brings a sureness that is always the same to the share of right answers', () => {
    const calibration = fitCalibration(graded([0.99, 70, 100]))
    expect(calibrate(calibration, 0.99)).toBeCloseTo(0.7, 4)
    expect(calibration.eceBefore).toBeCloseTo(0.29)
    expect(calibration.eceAfter).toBeLessThan(0.001)
  })

  it('leaves well-calibrated scores alone, and keeps the order', () => {
    const fitted = fitCalibration(graded([0.8, 80, 100], [0.6, 60, 100], [0.2, 20, 100]))
    expect(fitted).toMatchObject({ method: 'temperature', temperature: expect.closeTo(1, 3) })
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true }), (a, b) => {
        if (a <= b) expect(calibrate(fitted, a)).toBeLessThanOrEqual(calibrate(fitted, b))
      }),
    )
  })
})

describe('isotonic', () => {
  // The classes and values that scikit-learn 1.x gives for IsotonicRegression(out_of_bounds='clip') on these points.
  it('pools what falls, and draws lines between the pools', () => {
    const points = graded([0.1, 0, 1], [0.2, 1, 1], [0.3, 0, 1], [0.4, 0, 1], [0.5, 1, 1], [0.9, 1, 1])
    const fitted = fitCalibration(points, 'isotonic')
    const at = (score: number) => calibrate(fitted, score)
    expect([0, 0.1, 0.15, 0.2, 0.3, 0.4, 0.45, 0.5, 0.9, 1].map(at).map((share) => Number(share.toFixed(4)))).toEqual([
      0, 0, 0.1667, 0.3333, 0.3333, 0.3333, 0.6667, 1, 1, 1,
    ])
  })

  it('never falls, stays within 0 and 1, and keeps the mean', () => {
    const score = fc.integer({ min: 0, max: 20 }).map((step) => step / 20)
    const points = fc
      .array(fc.record({ score, correct: fc.boolean() }), { minLength: 2 })
      .filter((given) => given.some(({ correct }) => correct) && given.some(({ correct }) => !correct))
    fc.assert(
      fc.property(points, (given) => {
        const fitted = fitCalibration(given, 'isotonic')
        const sum = given.reduce((total, point) => total + calibrate(fitted, point.score), 0)
        expect(sum).toBeCloseTo(given.filter(({ correct }) => correct).length, 6)
        const all = Array.from({ length: 101 }, (_, index) => calibrate(fitted, index / 100))
        for (const [index, share] of all.entries()) {
          expect(share).toBeGreaterThanOrEqual(all[index - 1] ?? 0)
          expect(share).toBeLessThanOrEqual(1)
        }
      }),
    )
  })
})

it('is plain JSON, and is not fitted on answers that say nothing', () => {
  const fitted: Calibration = JSON.parse(JSON.stringify(fitCalibration(graded([0.9, 5, 10]), 'isotonic')))
  expect(calibrate(fitted, 0.9)).toBe(0.5)
  expect(() => fitCalibration(graded([0.9, 10, 10]))).toThrow(expect.objectContaining({ code: 'llm-calibration' }))
  expect(() => fitCalibration([])).toThrow(expect.objectContaining({ code: 'llm-calibration' }))
})
