import type { Corners } from './corners.js'

/** A box of a detector before suppression, in pixels of the model's input. */
export interface Candidate extends Corners {
  readonly score: number
  readonly classIndex: number
  /** Row of the model's output that it came from: where mask coefficients and key points are. */
  readonly row: number
}
