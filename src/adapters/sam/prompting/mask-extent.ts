import type { Box, MaskPixels } from '../../../results/findings.js'
import type { LowResMask } from '../model/sam-model.js'
import type { Frame } from './frame.js'
import { isLowRes } from './mask-prompt.js'

/** Where a mask is, in pixels of the picture. */
export interface MaskExtent {
  readonly box: Box
  /** The middle of its longest row: a point that is surely inside. */
  readonly inside: { readonly x: number; readonly y: number }
}

/** Undefined when nothing of the mask is on the picture. */
export function maskExtent(mask: LowResMask | MaskPixels, frame: Frame): MaskExtent | undefined {
  const { gainX, gainY, columns, rows } = isLowRes(mask) ? cellsOf(mask, frame) : pixelsOf(mask)
  let [left, top, right, bottom] = [columns, rows, 0, 0]
  let [x, y, longest] = [0, 0, 0]
  for (let row = 0; row < rows; row++) {
    let run = 0
    for (let column = 0; column < columns; column++) {
      run = (mask.data[row * mask.width + column] ?? 0) > 0 ? run + 1 : 0
      if (run === 0) continue
      left = Math.min(left, column - run + 1)
      right = Math.max(right, column + 1)
      top = Math.min(top, row)
      bottom = row + 1
      if (run > longest) [x, y, longest] = [column + 1 - run / 2, row + 0.5, run]
    }
  }
  if (longest === 0) return undefined
  const box = { x: left * gainX, y: top * gainY, width: (right - left) * gainX, height: (bottom - top) * gainY }
  return { box, inside: { x: x * gainX, y: y * gainY } }
}

/** How many cells of low-resolution logits lie on the picture, and how many of its pixels each covers. */
export function cellsOf({ width, height }: LowResMask, { input, inner, picture }: Frame) {
  return {
    columns: Math.ceil((width * inner.width) / input.width),
    rows: Math.ceil((height * inner.height) / input.height),
    gainX: ((input.width / width) * picture.width) / inner.width,
    gainY: ((input.height / height) * picture.height) / inner.height,
  }
}

function pixelsOf({ width, height }: MaskPixels) {
  return { columns: width, rows: height, gainX: 1, gainY: 1 }
}
