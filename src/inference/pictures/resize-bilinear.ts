import type { Pixels } from './pixels.js'
import { roundHalfEven } from './round-half-even.js'

const BITS = 11
const ONE = 1 << BITS

/**
 * Resizes with the arithmetic of OpenCV's `resize(…, INTER_LINEAR)` on 8-bit pictures, which most detectors were trained
 * and are evaluated with: two taps a side whatever the scale (no smoothing when shrinking), weights of 11 bits, sums
 * rounded once at the end.
 *
 * Source of the arithmetic: `modules/imgproc/src/resize.cpp` of OpenCV 4 (`HResizeLinear`, `VResizeLinear`).
 */
export function resizeBilinear(source: Pixels, width: number, height: number): Pixels {
  if (source.width === width && source.height === height) return source
  const data = new Uint8Array(width * height * 3)
  const columns = taps(source.width, width, true)
  const rows = taps(source.height, height, false)
  const cache = new RowCache(source, width, columns)
  for (let y = 0; y < height; y++) {
    const upper = cache.row(rows.first[y] ?? 0)
    const lower = cache.row(rows.second[y] ?? 0)
    blend(data, y * width * 3, upper, lower, rows.firstWeight[y] ?? 0, rows.secondWeight[y] ?? 0)
  }
  return { width, height, data }
}

/** For each place of the result: the two places of the source it lies between, and their weights of 11 bits. */
interface Taps {
  readonly first: Int32Array
  readonly second: Int32Array
  readonly firstWeight: Int32Array
  readonly secondWeight: Int32Array
}

/** `snap`: places beyond the outer pixels' centres take that pixel alone (columns); else both taps are clamped (rows). */
function taps(from: number, to: number, snap: boolean): Taps {
  const scale = from / to
  const result = {
    first: new Int32Array(to),
    second: new Int32Array(to),
    firstWeight: new Int32Array(to),
    secondWeight: new Int32Array(to),
  }
  for (let i = 0; i < to; i++) {
    const place = Math.fround((i + 0.5) * scale - 0.5)
    let first = Math.floor(place)
    let fraction = Math.fround(place - first)
    if (snap && first < 0) [first, fraction] = [0, 0]
    if (snap && first >= from - 1) [first, fraction] = [from - 1, 0]
    result.first[i] = Math.max(0, Math.min(first, from - 1))
    result.second[i] = Math.max(0, Math.min(first + 1, from - 1))
    result.firstWeight[i] = roundHalfEven(Math.fround(1 - fraction) * ONE)
    result.secondWeight[i] = roundHalfEven(fraction * ONE)
  }
  return result
}

/** Rows of the source resized sideways; neighbouring result rows share them, so the last two are kept. */
class RowCache {
  readonly #rows: { y: number; values: Int32Array }[]

  constructor(
    readonly source: Pixels,
    width: number,
    readonly columns: Taps,
  ) {
    this.#rows = [0, 1].map(() => ({ y: -1, values: new Int32Array(width * 3) }))
  }

  row(y: number): Int32Array {
    const kept = this.#rows.find((row) => row.y === y)
    if (kept !== undefined) return kept.values
    const [oldest, newest] = this.#rows
    if (oldest === undefined || newest === undefined) return new Int32Array()
    this.#rows.reverse()
    oldest.y = y
    this.#stretch(y, oldest.values)
    return oldest.values
  }

  #stretch(y: number, into: Int32Array): void {
    const { data, width } = this.source
    const { first, second, firstWeight, secondWeight } = this.columns
    const start = y * width * 3
    for (let x = 0, to = 0; x < first.length; x++, to += 3) {
      const left = start + (first[x] ?? 0) * 3
      const right = start + (second[x] ?? 0) * 3
      const a = firstWeight[x] ?? 0
      const b = secondWeight[x] ?? 0
      into[to] = ((data[left] ?? 0) * a + (data[right] ?? 0) * b) >> 4
      into[to + 1] = ((data[left + 1] ?? 0) * a + (data[right + 1] ?? 0) * b) >> 4
      into[to + 2] = ((data[left + 2] ?? 0) * a + (data[right + 2] ?? 0) * b) >> 4
    }
  }
}

function blend(into: Uint8Array, start: number, upper: Int32Array, lower: Int32Array, a: number, b: number): void {
  for (let i = 0, to = start; i < upper.length; i++, to++)
    into[to] = ((((upper[i] ?? 0) * a) >> 16) + (((lower[i] ?? 0) * b) >> 16) + 2) >> 2
}
