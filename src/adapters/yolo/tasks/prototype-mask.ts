import type { Steps } from '../../../inference/pictures/in-turns.js'
import type { Area, Placement, Size } from '../../../inference/pictures/letterbox.js'
import type { Box, MaskPixels } from '../../../results/findings.js'
import { needed, type Raster, resample, resampledRows } from './raster.js'

/** The masks that a model mixes, `[count, height, width]`, over its whole letterboxed input. */
export interface Prototypes extends Size {
  readonly data: Float32Array
  readonly count: number
}

/**
 * The mask of one thing at the picture's own size, with bytes for its box alone, row by row: prototypes mixed by `weights`,
 * the letterbox's padding cut off, drawn at the picture's size, inside where above zero, cut at the box. So does Ultralytics
 * with `retina_masks=True`: where the padding is no whole number of prototype pixels, prototypes are enlarged to the input's
 * size first.
 */
export function* drawMask(
  prototypes: Prototypes,
  weights: Float32Array,
  box: Box,
  picture: Size,
  placement: Placement,
): Steps<MaskPixels> {
  const wanted = pixelsOf(box, picture)
  const data = new Uint8Array(wanted.width * wanted.height)
  let at = 0
  for (const row of levelRows(prototypes, weights, picture, wanted, placement)) {
    // Levels are single precision, as those of the original.
    for (let x = 0; x < row.length; x++, at++) if (Math.fround(row[x] ?? 0) > 0) data[at] = 1
    yield
  }
  const { left: x, top: y, width, height } = wanted
  return { width: picture.width, height: picture.height, data, crop: { x, y, width, height } }
}

function levelRows(
  prototypes: Prototypes,
  weights: Float32Array,
  picture: Size,
  wanted: Area,
  placement: Placement,
): Iterable<Float64Array> {
  const inner = scaled(placement.inner, 1 / (placement.width / prototypes.width))
  if (isWhole(inner))
    return resampledRows(mix(prototypes, weights, needed(inner, picture, wanted)), inner, picture, wanted)
  const all = { left: 0, top: 0, width: prototypes.width, height: prototypes.height }
  const ofInput = needed(placement.inner, picture, wanted)
  const mixed = mix(prototypes, weights, needed(all, placement, ofInput))
  return resampledRows(resample(mixed, all, placement, ofInput), placement.inner, picture, wanted)
}

/** The pixels whose top left corner is inside the box. */
function pixelsOf({ x, y, width, height }: Box, picture: Size): Area {
  const [left, top] = [Math.ceil(x), Math.ceil(y)]
  return {
    left,
    top,
    width: Math.max(0, Math.min(Math.ceil(x + width), picture.width) - left),
    height: Math.max(0, Math.min(Math.ceil(y + height), picture.height) - top),
  }
}

function scaled({ left, top, width, height }: Area, factor: number): Area {
  return { left: left * factor, top: top * factor, width: width * factor, height: height * factor }
}

function isWhole({ left, top, width, height }: Area): boolean {
  return [left, top, width, height].every(Number.isInteger)
}

/** The weighted sum of the prototypes, inside an area. */
function mix({ data, count, width, height }: Prototypes, weights: Float32Array, area: Area): Raster {
  const sum = new Float32Array(area.width * area.height)
  for (let k = 0; k < count; k++) {
    const weight = weights[k] ?? 0
    for (let y = 0, to = 0; y < area.height; y++) {
      const from = (k * height + area.top + y) * width + area.left
      for (let x = 0; x < area.width; x++, to++) sum[to] = (sum[to] ?? 0) + weight * (data[from + x] ?? 0)
    }
  }
  return { area, data: sum }
}
