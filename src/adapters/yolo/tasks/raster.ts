import type { Size } from '../../../inference/pictures/letterbox.js'

/** A rectangle of whole pixels. */
export interface Area extends Size {
  readonly left: number
  readonly top: number
}

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
  const columns = taps(content.left - source.area.left, content.width, to.width, wanted.left, wanted.width)
  const rows = taps(content.top - source.area.top, content.height, to.height, wanted.top, wanted.height)
  const data = new Float32Array(wanted.width * wanted.height)
  for (let y = 0, at = 0; y < rows.length; y++) {
    const row = rows[y] ?? OUTSIDE
    const upper = source.data.subarray(row.first * source.area.width, (row.first + 1) * source.area.width)
    const lower = source.data.subarray(row.second * source.area.width, (row.second + 1) * source.area.width)
    for (let x = 0; x < columns.length; x++, at++) {
      const { first, second, fraction } = columns[x] ?? OUTSIDE
      const above = (upper[first] ?? 0) * (1 - fraction) + (upper[second] ?? 0) * fraction
      const below = (lower[first] ?? 0) * (1 - fraction) + (lower[second] ?? 0) * fraction
      data[at] = above * (1 - row.fraction) + below * row.fraction
    }
  }
  return { area: wanted, data }
}

/** The part of a map that {@link resample} reads for the part `wanted` of its result. */
export function needed(content: Area, to: Size, wanted: Area): Area {
  const columns = taps(content.left, content.width, to.width, wanted.left, wanted.width)
  const rows = taps(content.top, content.height, to.height, wanted.top, wanted.height)
  const [left, top] = [columns[0]?.first ?? 0, rows[0]?.first ?? 0]
  return {
    left,
    top,
    width: (columns.at(-1)?.second ?? left - 1) + 1 - left,
    height: (rows.at(-1)?.second ?? top - 1) + 1 - top,
  }
}

/** The two places of a source that one place of the result lies between. */
interface Tap {
  readonly first: number
  readonly second: number
  readonly fraction: number
}

const OUTSIDE: Tap = { first: 0, second: 0, fraction: 0 }

function taps(offset: number, from: number, to: number, start: number, length: number): Tap[] {
  return Array.from({ length }, (_, i) => {
    const place = Math.max(0, ((start + i + 0.5) * from) / to - 0.5)
    const first = Math.min(Math.floor(place), from - 1)
    return { first: offset + first, second: offset + Math.min(first + 1, from - 1), fraction: place - first }
  })
}
