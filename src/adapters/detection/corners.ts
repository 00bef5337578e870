/** A box by two corners. */
export interface Corners {
  readonly x1: number
  readonly y1: number
  readonly x2: number
  readonly y2: number
}
