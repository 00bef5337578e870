/**
 * One axis of a resize: each place of the result is mixed from `width` neighbouring places of the source, the first of
 * which is `start[i]`, with `weights[i * width + k]`.
 */
export interface Interpolation {
  readonly from: number
  readonly to: number
  readonly width: number
  readonly start: Int32Array
  readonly weights: Float64Array
}

/** Linear interpolation as PyTorch does it with `align_corners=False`: pixel centres count, the rim is repeated, nothing smooths. */
export function linear(from: number, to: number): Interpolation {
  const width = Math.min(2, from)
  const made = empty(from, to, width)
  for (let i = 0; i < to; i++) {
    const place = Math.max(0, ((i + 0.5) * from) / to - 0.5)
    const start = Math.min(Math.floor(place), from - width)
    const rest = Math.min(place - start, width - 1)
    made.start[i] = start
    made.weights[i * width] = 1 - rest
    if (width === 2) made.weights[i * width + 1] = rest
  }
  return made
}

/** `first`, cut off behind the places that `second` starts from, then `second`: as one. */
export function compose(first: Interpolation, second: Interpolation): Interpolation {
  const lastTap = (i: number) => (second.start[i] ?? 0) + second.width - 1
  const startOf = (i: number) => first.start[second.start[i] ?? 0] ?? 0
  let width = 0
  for (let i = 0; i < second.to; i++) width = Math.max(width, (first.start[lastTap(i)] ?? 0) + first.width - startOf(i))
  const made = empty(first.from, second.to, width)
  for (let i = 0; i < second.to; i++) {
    const start = Math.min(startOf(i), first.from - width)
    made.start[i] = start
    for (let k = 0; k < second.width; k++) {
      const through = (second.start[i] ?? 0) + k
      const weight = second.weights[i * second.width + k] ?? 0
      const at = i * width + (first.start[through] ?? 0) - start
      for (let j = 0; j < first.width; j++)
        made.weights[at + j] = (made.weights[at + j] ?? 0) + weight * (first.weights[through * first.width + j] ?? 0)
    }
  }
  return made
}

/** Neighbouring places of the result that are mixed from the same places: where each such group begins, and the end of the last. */
export function groupsOf({ start, to }: Interpolation): Int32Array {
  const bounds = [0]
  for (let i = 1; i < to; i++) if (start[i] !== start[i - 1]) bounds.push(i)
  return Int32Array.from([...bounds, to])
}

function empty(from: number, to: number, width: number): Interpolation {
  return { from, to, width, start: new Int32Array(to), weights: new Float64Array(to * width) }
}
