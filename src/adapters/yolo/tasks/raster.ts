import type { Area, Size } from '../../../inference/pictures/letterbox.js'

/** The numbers of an area of a larger map; nothing outside it was computed. */
export interface Raster {
  readonly area: Area
  readonly data: Float32Array
}

/**
 * Draws the area `content` of a map at size `to`, bilinearly, but only the part `wanted` of the result. Pixels' centres
 * and edges as in PyTorch's `interpolate(…, align_corners=False)`.
 */
export function resample(source: Raster, content: Area, to: Size, wanted: Area): Raster {
  const data = new Float32Array(wanted.width * wanted.height)
  let at = 0
  for (const row of resampledRows(source, content, to, wanted)) {
    data.set(row, at)
    at += wanted.width
  }
  return { area: wanted, data }
}

/** The same row by row, in double precision; each row is overwritten by the next. */
export function* resampledRows(
  source: Raster,
  content: Area,
  to: Size,
  wanted: Area,
): Generator<Float64Array, void, void> {
  const columns = taps(content.left - source.area.left, content.width, to.width, wanted.left, wanted.width)
  const rows = taps(content.top - source.area.top, content.height, to.height, wanted.top, wanted.height)
  const stretched = stretchedRows(source, columns)
  const row = new Float64Array(wanted.width)
  for (let y = 0; y < wanted.height; y++) {
    const above = stretched(rows.first[y] ?? 0)
    const below = stretched(rows.second[y] ?? 0)
    const fraction = rows.fraction[y] ?? 0
    for (let x = 0; x < row.length; x++) row[x] = (above[x] ?? 0) * (1 - fraction) + (below[x] ?? 0) * fraction
    yield row
  }
}

/** Rows of the source drawn at the width of the result. Neighbouring rows of the result share them, so the last two are kept. */
function stretchedRows({ area, data }: Raster, { first, second, fraction }: Taps): (y: number) => Float64Array {
  let older = { y: -1, values: new Float64Array(first.length) }
  let newer = { y: -1, values: new Float64Array(first.length) }
  return (y) => {
    if (newer.y === y) return newer.values
    if (older.y === y) return older.values
    ;[older, newer] = [newer, older]
    newer.y = y
    const { values } = newer
    const row = data.subarray(y * area.width, (y + 1) * area.width)
    for (let x = 0; x < values.length; x++) {
      const part = fraction[x] ?? 0
      values[x] = (row[first[x] ?? 0] ?? 0) * (1 - part) + (row[second[x] ?? 0] ?? 0) * part
    }
    return values
  }
}

/** The part of a map that {@link resample} reads for the part `wanted` of its result. */
export function needed(content: Area, to: Size, wanted: Area): Area {
  const columns = taps(content.left, content.width, to.width, wanted.left, wanted.width)
  const rows = taps(content.top, content.height, to.height, wanted.top, wanted.height)
  const [left, top] = [columns.first[0] ?? 0, rows.first[0] ?? 0]
  return {
    left,
    top,
    width: (columns.second.at(-1) ?? left - 1) + 1 - left,
    height: (rows.second.at(-1) ?? top - 1) + 1 - top,
  }
}

/** For each place of the result: the two places of the source that it lies between, and how far it is from the first. */
interface Taps {
  readonly first: Int32Array
  readonly second: Int32Array
  readonly fraction: Float64Array
}

function taps(offset: number, from: number, to: number, start: number, length: number): Taps {
  const first = new Int32Array(length)
  const second = new Int32Array(length)
  const fraction = new Float64Array(length)
  for (let i = 0; i < length; i++) {
    const place = Math.max(0, ((start + i + 0.5) * from) / to - 0.5)
    const before = Math.min(Math.floor(place), from - 1)
    first[i] = offset + before
    second[i] = offset + Math.min(before + 1, from - 1)
    fraction[i] = place - before
  }
  return { first, second, fraction }
}
