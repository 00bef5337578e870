import type { Candidate } from '../../detection/candidate.js'
import { bestClasses, cell, type Grid } from '../../detection/grid.js'
import type { YoloLayout } from '../recognise.js'
import { isFinal, isQuery } from './head-forms.js'
import { decodeYoloxBox, isYoloxDecoded } from './yolox.js'

/** Where the columns of a row are. */
export interface Columns {
  /** First class score; for final boxes the class index. */
  readonly classes: number
  /** First of the values besides box, score and classes. */
  readonly extra: number
}

export function columnsOf({ head, names }: Pick<YoloLayout, 'head' | 'names'>): Columns {
  if (isFinal(head)) return { classes: 5, extra: 6 }
  const classes = head === 'objectness' || head === 'yolox' ? 5 : 4
  return { classes, extra: classes + names.length }
}

/**
 * The rows whose score is above the floor of their class, as boxes in pixels of the input.
 *
 * @param floors a score for each class
 * @param multiLabel a row gives a candidate for each class above its floor, instead of the best class only
 */
export function readCandidates(grid: Grid, layout: YoloLayout, floors: Float32Array, multiLabel: boolean): Candidate[] {
  const box = boxReader(grid, layout)
  const candidates: Candidate[] = []
  for (const { row, classIndex, score } of scoredRows(grid, layout, floors, multiLabel))
    candidates.push({ ...box(row), score, classIndex, row })
  return candidates
}

interface ScoredRow {
  readonly row: number
  readonly classIndex: number
  readonly score: number
}

function scoredRows(grid: Grid, layout: YoloLayout, floors: Float32Array, multiLabel: boolean): ScoredRow[] {
  const { classes } = columnsOf(layout)
  if (isFinal(layout.head)) return finalRows(grid, floors)
  const weighted = layout.head === 'objectness' || layout.head === 'yolox'
  const weight = (row: number) => (weighted ? cell(grid, row, 4) : 1)
  const found: ScoredRow[] = []
  const consider = (row: number, classIndex: number, classScore: number) => {
    const score = Math.fround(classScore * weight(row))
    if (score > (floors[classIndex] ?? 1)) found.push({ row, classIndex, score })
  }
  if (multiLabel) {
    for (let row = 0; row < grid.rows; row++)
      for (let index = 0; index < floors.length; index++) consider(row, index, cell(grid, row, classes + index))
    return found
  }
  const best = bestClasses(grid, classes, floors.length)
  for (let row = 0; row < grid.rows; row++) consider(row, best.classes[row] ?? 0, best.scores[row] ?? 0)
  return found
}

/** Rows of box, score, class index; those that fill up the list have a score of 0. */
function finalRows(grid: Grid, floors: Float32Array): ScoredRow[] {
  const found: ScoredRow[] = []
  for (let row = 0; row < grid.rows; row++) {
    const score = cell(grid, row, 4)
    const classIndex = Math.round(cell(grid, row, 5))
    if (score > (floors[classIndex] ?? 1)) found.push({ row, classIndex, score })
  }
  return found
}

type Corners = Pick<Candidate, 'x1' | 'y1' | 'x2' | 'y2'>

function boxReader(grid: Grid, { head, task, size }: YoloLayout): (row: number) => Corners {
  if (isFinal(head) && !isQuery(head) && task !== 'obb')
    return (row) => ({ x1: cell(grid, row, 0), y1: cell(grid, row, 1), x2: cell(grid, row, 2), y2: cell(grid, row, 3) })
  if (head === 'yolox' && !isYoloxDecoded(grid)) return (row) => corners(decodeYoloxBox(grid, row, size))
  const [scaleX, scaleY] = isQuery(head) ? [size.width, size.height] : [1, 1]
  return (row) =>
    corners([
      cell(grid, row, 0) * scaleX,
      cell(grid, row, 1) * scaleY,
      cell(grid, row, 2) * scaleX,
      cell(grid, row, 3) * scaleY,
    ])
}

function corners([x, y, width, height]: readonly [number, number, number, number]): Corners {
  return { x1: x - width / 2, y1: y - height / 2, x2: x + width / 2, y2: y + height / 2 }
}
