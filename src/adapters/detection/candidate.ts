/** A box of a detector before suppression, in pixels of the model's input. */
export interface Candidate {
  readonly x1: number
  readonly y1: number
  readonly x2: number
  readonly y2: number
  readonly score: number
  readonly classIndex: number
  /** Row of the model's output that it came from: where mask coefficients and key points are. */
  readonly row: number
}
