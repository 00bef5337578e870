/** A stretch of text that is of a class. Offsets are UTF-16 units, end exclusive. */
export interface Entity {
  readonly label: string
  readonly score: number
  readonly start: number
  readonly end: number
}
