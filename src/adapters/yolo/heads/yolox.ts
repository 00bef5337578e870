import type { Size } from '../../../inference/pictures/letterbox.js'
import { cell, type Grid } from '../../detection/grid.js'

const STRIDES = [8, 16, 32]
/** A logarithm of a width in strides never gets here, a width in pixels always does. */
const LARGEST_LOGARITHM = 16

/** Whether boxes are in pixels (exported with `--decode_in_inference`), not offsets and logarithms. */
export function isYoloxDecoded(grid: Grid): boolean {
  for (let row = 0; row < grid.rows; row++) if (cell(grid, row, 2) > LARGEST_LOGARITHM) return true
  return false
}

/**
 * Centre, width and height in pixels of a raw YOLOX row: offsets from the place in units of the stride, and logarithms.
 *
 * Source: `demo_postprocess` of https://github.com/Megvii-BaseDetection/YOLOX (Apache-2.0).
 */
export function decodeYoloxBox(grid: Grid, row: number, size: Size): [number, number, number, number] {
  let first = 0
  for (const stride of STRIDES) {
    const columns = Math.floor(size.width / stride)
    const places = columns * Math.floor(size.height / stride)
    if (row < first + places) {
      const [x, y] = [(row - first) % columns, Math.floor((row - first) / columns)]
      return [
        (cell(grid, row, 0) + x) * stride,
        (cell(grid, row, 1) + y) * stride,
        Math.exp(cell(grid, row, 2)) * stride,
        Math.exp(cell(grid, row, 3)) * stride,
      ]
    }
    first += places
  }
  return [0, 0, 0, 0]
}
