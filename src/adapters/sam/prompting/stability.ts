import type { LowResMask } from '../model/sam-model.js'
import type { Frame } from './frame.js'
import { cellsOf } from './mask-extent.js'

const OFFSET = 1

/**
 * How little a mask changes when its threshold does, 0..1: what is inside at 1, as part of what is inside at -1.
 *
 * Source: `calculate_stability_score` of segment-anything, here on the low-resolution logits.
 */
export function stabilityOf(lowRes: LowResMask, frame: Frame): number {
  const { columns, rows } = cellsOf(lowRes, frame)
  let sure = 0
  let possible = 0
  for (let y = 0; y < rows; y++) {
    for (let at = y * lowRes.width; at < y * lowRes.width + columns; at++) {
      const logit = lowRes.data[at] ?? 0
      if (logit > OFFSET) sure++
      if (logit > -OFFSET) possible++
    }
  }
  return possible === 0 ? 0 : sure / possible
}
