import { atOnce, type Steps } from './in-turns.js'
import type { Pixels } from './pixels.js'

const BITS = 22
const HALF = 1 << (BITS - 1)

/**
 * Resizes with the arithmetic of Pillow's `resize(…, BILINEAR)`, which torchvision's transforms use: a triangle as wide
 * as the scale, so that shrinking smooths; weights of 22 bits; first sideways, then downwards, rounded to bytes between.
 *
 * Source of the arithmetic: `src/libImaging/Resample.c` of Pillow.
 */
export function resizeAntialiased(source: Pixels, width: number, height: number): Pixels {
  return atOnce(resizeRows(source, width, height))
}

/** The same row by row. */
export function* resizeRows(source: Pixels, width: number, height: number): Steps<Pixels> {
  const wide = source.width === width ? source : yield* resizeAcross(source, width)
  return source.height === height ? wide : yield* resizeDown(wide, height)
}

function* resizeAcross(source: Pixels, width: number): Steps<Pixels> {
  const data = new Uint8Array(width * source.height * 3)
  const kernels = kernelsOf(source.width, width)
  for (let y = 0; y < source.height; y++) {
    mixPixels(source.data, y * source.width * 3, kernels, data, y * width * 3)
    yield
  }
  return { width, height: source.height, data }
}

/** One row of the result from the row that begins at `row`. */
function mixPixels(
  pixels: Uint8Array,
  row: number,
  { start, count, weights, most }: Kernels,
  into: Uint8Array,
  at: number,
): void {
  for (let x = 0, to = at; x < start.length; x++, to += 3) {
    const end = x * most + (count[x] ?? 0)
    let red = HALF
    let green = HALF
    let blue = HALF
    for (let k = x * most, from = row + (start[x] ?? 0) * 3; k < end; k++, from += 3) {
      const weight = weights[k] ?? 0
      red += (pixels[from] ?? 0) * weight
      green += (pixels[from + 1] ?? 0) * weight
      blue += (pixels[from + 2] ?? 0) * weight
    }
    into[to] = red >> BITS
    into[to + 1] = green >> BITS
    into[to + 2] = blue >> BITS
  }
}

/** Whole rows are mixed, so that memory is read in its order. */
function* resizeDown(source: Pixels, height: number): Steps<Pixels> {
  const length = source.width * 3
  const data = new Uint8Array(length * height)
  const { start, count, weights, most } = kernelsOf(source.height, height)
  const sums = new Int32Array(length)
  for (let y = 0; y < height; y++) {
    sums.fill(HALF)
    for (let k = 0; k < (count[y] ?? 0); k++)
      addRow(sums, source.data, ((start[y] ?? 0) + k) * length, weights[y * most + k] ?? 0)
    for (let x = 0, to = y * length; x < length; x++, to++) data[to] = (sums[x] ?? 0) >> BITS
    yield
  }
  return { width: source.width, height, data }
}

/** All sums stay below 2^30: `imul` says that whole numbers suffice. */
function addRow(sums: Int32Array, pixels: Uint8Array, row: number, weight: number): void {
  for (let x = 0; x < sums.length; x++) sums[x] = ((sums[x] ?? 0) + Math.imul(pixels[row + x] ?? 0, weight)) | 0
}

/** For each place of the result: the first of the places it is mixed from, how many they are, and their weights in rows of `most`. */
interface Kernels {
  readonly start: Int32Array
  readonly count: Int32Array
  readonly weights: Int32Array
  readonly most: number
}

function kernelsOf(from: number, to: number): Kernels {
  const scale = from / to
  const reach = Math.max(scale, 1)
  const most = Math.ceil(reach) * 2 + 1
  const kernels = { start: new Int32Array(to), count: new Int32Array(to), weights: new Int32Array(to * most), most }
  for (let i = 0; i < to; i++) {
    const centre = (i + 0.5) * scale
    const start = Math.max(0, Math.trunc(centre - reach + 0.5))
    const count = Math.min(from, Math.trunc(centre + reach + 0.5)) - start
    const shares = Array.from({ length: count }, (_, k) => Math.max(0, 1 - Math.abs(start + k - centre + 0.5) / reach))
    const sum = shares.reduce((total, share) => total + share, 0)
    kernels.start[i] = start
    kernels.count[i] = count
    kernels.weights.set(
      shares.map((share) => Math.trunc((share / sum) * 2 ** BITS + 0.5)),
      i * most,
    )
  }
  return kernels
}
