import type { MaskPixels } from '../../../results/findings.js'
import { emptyMask } from '../../../results/mask/mask-pixels.js'
import type { LowResMask } from '../model/sam-model.js'
import type { Frame } from './frame.js'
import { compose, groupsOf, type Interpolation, linear } from './interpolation.js'

/**
 * The mask at the picture's own size, as the original makes it: logits interpolated to the model's input, padding cut off,
 * interpolated to the picture (SAM), or to the picture at once (SAM 2); above 0 is inside.
 *
 * Both steps are one interpolation here. Where all logits that a stretch of pixels is mixed from are on one side of 0, so
 * are the pixels: only along the rim of the mask something is computed.
 *
 * Source: `Sam.postprocess_masks` of segment-anything, `SAM2Transforms.postprocess_masks` of sam2.
 */
export function upsample(lowRes: LowResMask, frame: Frame): MaskPixels {
  const { picture, input, inner, resize } = frame
  const axis = (low: number, through: number, cut: number, to: number) =>
    resize === 'stretch' ? linear(low, to) : compose(linear(low, through), linear(cut, to))
  const columns = axis(lowRes.width, input.width, inner.width, picture.width)
  const rows = axis(lowRes.height, input.height, inner.height, picture.height)
  return threshold(lowRes, columns, rows)
}

function threshold(lowRes: LowResMask, columns: Interpolation, rows: Interpolation): MaskPixels {
  const mask = emptyMask(columns.to, rows.to)
  const signs = new Uint8Array(lowRes.width)
  const line = new Float64Array(lowRes.width)
  const columnGroups = groupsOf(columns)
  const rowGroups = groupsOf(rows)
  for (let group = 0; group + 1 < rowGroups.length; group++) {
    const top = rowGroups[group] ?? 0
    const bottom = rowGroups[group + 1] ?? 0
    if (readSigns(lowRes, rows.start[top] ?? 0, rows.width, signs) === OUTSIDE) continue
    forRuns(signs, columns, columnGroups, (sign, left, right) => {
      for (let y = top; y < bottom; y++) {
        if (sign === INSIDE) mask.data.fill(255, y * mask.width + left, y * mask.width + right)
        else paintRim(mask, { lowRes, columns, rows, line, y, left, right })
      }
    })
  }
  return mask
}

const INSIDE = 1
const OUTSIDE = 2

/** For each column of some rows of logits: all inside, all outside, or both. Returns the same of all columns together. */
function readSigns({ data, width }: LowResMask, first: number, count: number, signs: Uint8Array): number {
  let all = 0
  for (let x = 0; x < width; x++) {
    let sign = 0
    for (let y = first, at = first * width + x; y < first + count; y++, at += width)
      sign |= (data[at] ?? 0) > 0 ? INSIDE : OUTSIDE
    signs[x] = sign
    all |= sign
  }
  return all
}

/** Calls with each stretch of places of the result that is wholly inside, or that has to be looked at. */
function forRuns(
  signs: Uint8Array,
  { start, width }: Interpolation,
  groups: Int32Array,
  run: (sign: number, left: number, right: number) => void,
): void {
  let current = OUTSIDE
  let left = 0
  for (let group = 0; group + 1 < groups.length; group++) {
    const at = groups[group] ?? 0
    const from = start[at] ?? 0
    let sign = 0
    for (let x = from; x < from + width; x++) sign |= signs[x] ?? 0
    if (sign === current) continue
    if (current !== OUTSIDE) run(current, left, at)
    current = sign
    left = at
  }
  if (current !== OUTSIDE) run(current, left, groups.at(-1) ?? left)
}

interface Rim {
  readonly lowRes: LowResMask
  readonly columns: Interpolation
  readonly rows: Interpolation
  /** Room for one row of logits. */
  readonly line: Float64Array
  readonly y: number
  readonly left: number
  readonly right: number
}

function paintRim(mask: MaskPixels, { lowRes, columns, rows, line, y, left, right }: Rim): void {
  const { data, width } = lowRes
  const from = columns.start[left] ?? 0
  const to = (columns.start[right - 1] ?? 0) + columns.width
  line.fill(0, from, to)
  for (let k = 0; k < rows.width; k++) {
    const weight = rows.weights[y * rows.width + k] ?? 0
    const row = ((rows.start[y] ?? 0) + k) * width
    for (let x = from; x < to; x++) line[x] = (line[x] ?? 0) + weight * (data[row + x] ?? 0)
  }
  const { start, weights, width: taps } = columns
  const out = y * mask.width
  for (let x = left, at = left * taps; x < right; x++) {
    const first = start[x] ?? 0
    let sum = 0
    for (let k = first; k < first + taps; k++, at++) sum += (weights[at] ?? 0) * (line[k] ?? 0)
    if (sum > 0) mask.data[out + x] = 255
  }
}
