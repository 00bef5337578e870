import { best, type SuppressOptions } from './suppress.js'

/** An oriented box: centre, size before the turn, angle in radians (clockwise as y runs down). */
export interface RotatedCandidate {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
  readonly angle: number
  readonly score: number
  readonly classIndex: number
}

/**
 * Suppression of oriented boxes as Ultralytics does it: a box goes when any better one of its class overlaps it by the
 * threshold, whether that one itself stays or not, and overlap is {@link probabilisticOverlap}.
 */
export function suppressRotated(candidates: readonly RotatedCandidate[], options: SuppressOptions): RotatedCandidate[] {
  const sorted = best(candidates).map((box) => ({ box, gaussian: gaussianOf(box) }))
  return sorted
    .filter((box) => !isCovered(box, sorted, options))
    .slice(0, options.maxDetections)
    .map(({ box }) => box)
}

interface Placed {
  readonly box: RotatedCandidate
  readonly gaussian: Gaussian
}

function isCovered(worse: Placed, sorted: readonly Placed[], { agnostic, iouThreshold }: SuppressOptions): boolean {
  for (const better of sorted) {
    if (better === worse) return false
    if (!agnostic && better.box.classIndex !== worse.box.classIndex) continue
    if (probabilisticOverlap(better.gaussian, worse.gaussian) >= iouThreshold) return true
  }
  return false
}

/** A box as a normal distribution: its centre and covariance. */
interface Gaussian {
  readonly x: number
  readonly y: number
  /** Variances along x and y, and the covariance. */
  readonly a: number
  readonly b: number
  readonly c: number
}

export function gaussianOf({ x, y, width, height, angle }: Omit<RotatedCandidate, 'score' | 'classIndex'>): Gaussian {
  const [along, across] = [width ** 2 / 12, height ** 2 / 12]
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)]
  return {
    x,
    y,
    a: along * cos ** 2 + across * sin ** 2,
    b: along * sin ** 2 + across * cos ** 2,
    c: (along - across) * cos * sin,
  }
}

const TINY = 1e-7

/**
 * ProbIoU: one minus the Hellinger distance of two boxes taken as normal distributions.
 *
 * Source: Llerena et al., "Gaussian Bounding Boxes and Probabilistic Intersection-over-Union for Object Detection",
 * https://arxiv.org/abs/2106.06072, equations 10 to 13.
 */
export function probabilisticOverlap(p: Gaussian, q: Gaussian): number {
  const [a, b, c] = [p.a + q.a, p.b + q.b, p.c + q.c]
  const [dx, dy] = [p.x - q.x, p.y - q.y]
  const determinant = a * b - c ** 2
  const mahalanobis = (a * dy ** 2 + b * dx ** 2) / (determinant + TINY) / 4 - (c * dx * dy) / (determinant + TINY) / 2
  const spread = Math.sqrt(Math.max(p.a * p.b - p.c ** 2, 0) * Math.max(q.a * q.b - q.c ** 2, 0))
  const volume = Math.log(determinant / (4 * spread + TINY) + TINY) / 2
  const bhattacharyya = Math.min(Math.max(mahalanobis + volume, TINY), 100)
  return 1 - Math.sqrt(1 - Math.exp(-bhattacharyya) + TINY)
}
