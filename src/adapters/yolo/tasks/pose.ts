import type { Pose, PosePoint } from '../../../results/findings.js'
import { cell } from '../../detection/grid.js'
import { boxInPicture, pointInPicture } from '../../detection/to-picture.js'
import { columnsOf } from '../heads/read-candidates.js'
import { boxesGrid, type ReadContext, selectCandidates } from './read-context.js'

/** Skeletons: each row has x, y and, if the model gives it, the visibility of every point besides its box. */
export function readPoses(context: ReadContext): Pose[] {
  const { layout, output } = context
  const { count = 0, values = 0, names } = layout.keypoints ?? {}
  const grid = boxesGrid(context)
  const first = columnsOf(layout).extra
  const point = (row: number, index: number): PosePoint => {
    const column = first + index * values
    const label = names?.[index]
    return {
      ...pointInPicture(cell(grid, row, column), cell(grid, row, column + 1), output.placement, output.picture),
      ...(values > 2 ? { score: cell(grid, row, column + 2) } : {}),
      ...(label === undefined ? {} : { label }),
    }
  }
  return selectCandidates(context).map(({ candidate, label, score }) => {
    const box = boxInPicture(candidate, output.placement, output.picture)
    return {
      kind: 'pose',
      label,
      score,
      points: Array.from({ length: count }, (_, index) => point(candidate.row, index)),
      ...(box === undefined ? {} : { box }),
    }
  })
}
