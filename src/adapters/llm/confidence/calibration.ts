/** From what a model says of its sureness to how often it is right. */

import { z } from 'zod'
import { PrelabelError } from '../../../errors.js'

/** A score that was given, and whether the answer was right. */
export interface GradedScore {
  readonly score: number
  readonly correct: boolean
}

const errors = {
  /** Expected calibration error before and after, on the scores it was fitted on. */
  eceBefore: z.number(),
  eceAfter: z.number(),
  count: z.number(),
}

/** A fitted calibration, as plain JSON: keep it in a file and hand it to the adapter. */
export const calibrationSchema = z.discriminatedUnion('method', [
  z.strictObject({ method: z.literal('temperature'), temperature: z.number().positive(), ...errors }),
  z.strictObject({
    method: z.literal('isotonic'),
    /** Scores in rising order, and the share of right answers at each. */
    scores: z.array(z.number()).min(1),
    shares: z.array(z.number()).min(1),
    ...errors,
  }),
])
export type Calibration = z.infer<typeof calibrationSchema>

/** Scores of 0 and 1 have no finite logit. */
const EDGE = 1e-6

/** The probability that an answer with this score is right. */
export function calibrate(calibration: Calibration, score: number): number {
  return calibration.method === 'temperature'
    ? sigmoid(logit(score) / calibration.temperature)
    : interpolate(calibration.scores, calibration.shares, score)
}

/**
 * Fits a calibration on graded answers. `temperature` (Guo et al. 2017, on the logit of the score) has one parameter
 * and keeps the order: for few answers. `isotonic` (pool adjacent violators, linear between the pools, as in
 * scikit-learn) takes any rising shape: for some hundreds.
 *
 * @throws PrelabelError `llm-calibration` for fewer than two answers, or none of one kind
 */
export function fitCalibration(
  graded: readonly GradedScore[],
  method: Calibration['method'] = 'temperature',
): Calibration {
  const right = graded.filter(({ correct }) => correct).length
  if (right === 0 || right === graded.length) {
    throw new PrelabelError(`${graded.length} answers, ${right} of them right, say nothing of calibration`, {
      code: 'llm-calibration',
      hint: 'Grade answers of both kinds; a few dozen for temperature, some hundreds for isotonic.',
    })
  }
  const fitted =
    method === 'temperature'
      ? { method, temperature: fitTemperature(graded) }
      : { method, ...poolAdjacentViolators(graded) }
  const unfinished: Calibration = { ...fitted, eceBefore: 0, eceAfter: 0, count: graded.length }
  const after = graded.map(({ score, correct }) => ({ score: calibrate(unfinished, score), correct }))
  return {
    ...unfinished,
    eceBefore: expectedCalibrationError(graded),
    eceAfter: expectedCalibrationError(after),
  }
}

/**
 * Expected calibration error: over bins of equal width, the mean distance between mean score and share of right
 * answers, weighted by how many fall into each. 0 is perfect.
 */
export function expectedCalibrationError(graded: readonly GradedScore[], bins = 10): number {
  const sums = Array.from({ length: bins }, () => ({ scores: 0, right: 0 }))
  for (const { score, correct } of graded) {
    const bin = sums[Math.min(bins - 1, Math.max(0, Math.floor(score * bins)))]
    if (bin === undefined) continue
    bin.scores += score
    bin.right += correct ? 1 : 0
  }
  const apart = sums.reduce((total, { scores, right }) => total + Math.abs(scores - right), 0)
  return graded.length === 0 ? 0 : apart / graded.length
}

const GOLDEN = (Math.sqrt(5) - 1) / 2

/** The temperature of the least negative log-likelihood, which is convex in 1/T: golden-section search in log T. */
function fitTemperature(graded: readonly GradedScore[]): number {
  const loss = (logTemperature: number) => {
    const temperature = Math.exp(logTemperature)
    return graded.reduce((sum, { score, correct }) => {
      const z = (logit(score) / temperature) * (correct ? 1 : -1)
      return sum + softplus(-z)
    }, 0)
  }
  let [low, high] = [Math.log(0.05), Math.log(20)]
  for (let step = 0; step < 60; step++) {
    const width = (high - low) * GOLDEN
    if (loss(high - width) < loss(low + width)) high = low + width
    else low = high - width
  }
  return Math.exp((low + high) / 2)
}

interface Pool {
  readonly from: number
  readonly to: number
  readonly right: number
  readonly count: number
}

function poolAdjacentViolators(graded: readonly GradedScore[]): { scores: number[]; shares: number[] } {
  const pools: Pool[] = []
  for (const [score, answers] of groupByScore(graded)) {
    pools.push({ from: score, to: score, right: answers.filter(Boolean).length, count: answers.length })
    for (;;) {
      const [before, last] = pools.slice(-2)
      if (before === undefined || last === undefined || share(before) < share(last)) break
      const joined = {
        from: before.from,
        to: last.to,
        right: before.right + last.right,
        count: before.count + last.count,
      }
      pools.splice(-2, 2, joined)
    }
  }
  const ends = pools.flatMap((pool) =>
    (pool.from === pool.to ? [pool.from] : [pool.from, pool.to]).map((at) => [at, share(pool)] as const),
  )
  return { scores: ends.map(([at]) => at), shares: ends.map(([, value]) => value) }
}

function groupByScore(graded: readonly GradedScore[]): [number, boolean[]][] {
  const groups = new Map<number, boolean[]>()
  for (const { score, correct } of [...graded].sort((a, b) => a.score - b.score)) {
    const group = groups.get(score)
    if (group === undefined) groups.set(score, [correct])
    else group.push(correct)
  }
  return [...groups]
}

function share({ right, count }: Pool): number {
  return right / count
}

/** The broken line through the points, level beyond its ends. */
function interpolate(xs: readonly number[], ys: readonly number[], x: number): number {
  const after = xs.findIndex((at) => at >= x)
  if (after <= 0) return ys.at(after) ?? x
  const [x0 = x, x1 = x] = xs.slice(after - 1)
  const [y0 = x, y1 = x] = ys.slice(after - 1)
  return Math.min(y1, y0 + ((y1 - y0) * (x - x0)) / (x1 - x0))
}

function logit(score: number): number {
  const inside = Math.min(1 - EDGE, Math.max(EDGE, score))
  return Math.log(inside / (1 - inside))
}

function sigmoid(value: number): number {
  return 1 / (1 + Math.exp(-value))
}

/** log(1 + e^x) without overflow. */
function softplus(x: number): number {
  return Math.max(0, x) + Math.log1p(Math.exp(-Math.abs(x)))
}
