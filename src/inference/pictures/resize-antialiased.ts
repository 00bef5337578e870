import { atOnce, type Steps } from './in-turns.js'
import type { Area, Size } from './letterbox.js'
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
  return atOnce(resizeRows(source, { width, height }))
}

/**
 * The same row by row, and of the result only a part: the rest is not computed, however large it were.
 *
 * @param part of the resized picture; all of it without
 */
export function* resizeRows(source: Pixels, to: Size, part: Area = { left: 0, top: 0, ...to }): Steps<Pixels> {
  const rows = kernelsOf(source.height, to.height, part.top, part.height)
  const band = bandOf(source, rows)
  const isWide = part.width === source.width && to.width === source.width
  const wide = isWide ? band : yield* resizeAcross(band, kernelsOf(source.width, to.width, part.left, part.width))
  return part.height === source.height && to.height === source.height ? wide : yield* resizeDown(wide, rows)
}

/** The rows that the kernels of rows read. */
function bandOf({ width, data }: Pixels, { first, end }: Kernels): Pixels {
  return { width, height: end - first, data: data.subarray(first * width * 3, end * width * 3) }
}

function* resizeAcross(source: Pixels, columns: Kernels): Steps<Pixels> {
  const width = columns.start.length
  const data = new Uint8Array(width * source.height * 3)
  for (let y = 0; y < source.height; y++) {
    mixPixels(source.data, (y * source.width + columns.first) * 3, columns, data, y * width * 3)
    yield
  }
  return { width, height: source.height, data }
}

/** One row of the result from the row whose first pixel that is read is at `row`. */
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
function* resizeDown(source: Pixels, { start, count, weights, most }: Kernels): Steps<Pixels> {
  const length = source.width * 3
  const height = start.length
  const data = new Uint8Array(length * height)
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
  /** Counted from `first`. */
  readonly start: Int32Array
  readonly count: Int32Array
  readonly weights: Int32Array
  readonly most: number
  /** The places that are read at all: from `first` up to before `end`. */
  readonly first: number
  readonly end: number
}

/** The kernels of `length` places from `offset` on, where `from` places become `to`. */
function kernelsOf(from: number, to: number, offset: number, length: number): Kernels {
  const scale = from / to
  const reach = Math.max(scale, 1)
  const most = Math.ceil(reach) * 2 + 1
  const startOf = (place: number) => Math.max(0, Math.trunc((place + 0.5) * scale - reach + 0.5))
  const endOf = (place: number) => Math.min(from, Math.trunc((place + 0.5) * scale + reach + 0.5))
  const [first, end] = [startOf(offset), endOf(offset + length - 1)]
  const start = new Int32Array(length)
  const count = new Int32Array(length)
  const weights = new Int32Array(length * most)
  for (let i = 0; i < length; i++) {
    const centre = (offset + i + 0.5) * scale
    const begin = startOf(offset + i)
    const reads = endOf(offset + i) - begin
    const shares = Array.from({ length: reads }, (_, k) => Math.max(0, 1 - Math.abs(begin + k - centre + 0.5) / reach))
    const sum = shares.reduce((total, share) => total + share, 0)
    start[i] = begin - first
    count[i] = reads
    weights.set(
      shares.map((share) => Math.trunc((share / sum) * 2 ** BITS + 0.5)),
      i * most,
    )
  }
  return { start, count, weights, most, first, end }
}
