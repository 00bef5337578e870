import { PrelabelError } from '../../../errors.js'
import type { Tensor } from '../../../inference/session.js'
import { cell, floats, type Grid, gridOf } from '../../detection/grid.js'
import type { YoloLayout } from '../recognise.js'

/** The column of the class index of final boxes, or of the second score of two classes. */
const SIXTH = 5

/**
 * Shapes alone do not tell three kinds of rows of six apart: corners in pixels, and the two forms of RT-DETR. What a run on
 * an empty picture gave does.
 *
 * @throws PrelabelError `yolo-head-unclear`
 */
export function checkHead({ head, task, boxes, names }: YoloLayout, outputs: Readonly<Record<string, Tensor>>): void {
  const tensor = outputs[boxes.name]
  if (task !== 'detect' || tensor === undefined) return
  const grid = (): Grid => gridOf(floats(boxes.name, tensor), tensor.dims, 0, false)
  if (head === 'end-to-end' && holdsFractions(grid())) throw unclear('its final boxes are fractions, not pixels')
  if (head === 'query-final' && !holdsIndices(grid())) throw unclear('the last column of its rows is no class index')
  if (head === 'query' && names.length === 2 && holdsIndices(grid()))
    throw unclear('the last column of its rows looks like a class index, not like a score')
}

/** Whether every box is inside 0 .. 1; false for rows that are empty. */
function holdsFractions(grid: Grid): boolean {
  let largest = 0
  for (let row = 0; row < grid.rows; row++)
    for (let side = 0; side < 4; side++) largest = Math.max(largest, Math.abs(cell(grid, row, side)))
  return largest > 0 && largest <= 1
}

function holdsIndices(grid: Grid): boolean {
  for (let row = 0; row < grid.rows; row++) if (!Number.isInteger(cell(grid, row, SIXTH))) return false
  return true
}

function unclear(reason: string): PrelabelError {
  return new PrelabelError(`The model's metadata and shapes do not tell its head: ${reason}`, {
    code: 'yolo-head-unclear',
    path: 'yolo.head',
    hint: 'Give `head`: `query-final` for RT-DETR with a class index in each row, `query` with a score for each class.',
  })
}
