/** Rounds as Python's `round` and IEEE do: halves go to the even neighbour; never gives -0. */
export function roundHalfEven(value: number): number {
  const floor = Math.floor(value)
  if (value - floor !== 0.5) return Math.round(value) + 0
  return floor % 2 === 0 ? floor : floor + 1
}
