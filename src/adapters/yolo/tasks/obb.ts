import type { Placement } from '../../../inference/pictures/letterbox.js'
import type { Box, Detection } from '../../../results/findings.js'
import type { Candidate } from '../../detection/candidate.js'
import { cell } from '../../detection/grid.js'
import { best } from '../../detection/suppress.js'
import { type RotatedCandidate, suppressRotated } from '../../detection/suppress-rotated.js'
import { columnsOf, readCandidates } from '../heads/read-candidates.js'
import { boxesGrid, type ReadContext } from './read-context.js'

/** Oriented boxes: each row has an angle in radians, clockwise, besides its box. */
export function readOrientedBoxes(context: ReadContext): Detection[] {
  const { layout, floors, suppression, output } = context
  const grid = boxesGrid(context)
  const angleColumn = columnsOf(layout).extra
  const candidates = readCandidates(grid, layout, floors, suppression.multiLabel).map((candidate) =>
    rotated(candidate, cell(grid, candidate.row, angleColumn)),
  )
  const kept =
    layout.head === 'end-to-end'
      ? best(candidates).slice(0, suppression.maxDetections)
      : suppressRotated(candidates, suppression)
  return kept.map((box) => ({
    kind: 'detection',
    label: layout.names[box.classIndex] ?? '',
    score: Math.min(box.score, 1),
    box: orientedBox(regular(inPicture(box, output.placement))),
  }))
}

function rotated({ x1, y1, x2, y2, score, classIndex }: Candidate, angle: number): RotatedCandidate {
  return { x: (x1 + x2) / 2, y: (y1 + y2) / 2, width: x2 - x1, height: y2 - y1, angle, score, classIndex }
}

function inPicture(box: RotatedCandidate, { back }: Placement): RotatedCandidate {
  return {
    ...box,
    x: (box.x - back.offsetX) / back.gainX,
    y: (box.y - back.offsetY) / back.gainY,
    width: box.width / back.gainX,
    height: box.height / back.gainY,
  }
}

/** The same box with its angle in 0 .. 90 degrees; width and height change places where it needs a quarter turn. */
function regular(box: RotatedCandidate): RotatedCandidate {
  const angle = ((box.angle % Math.PI) + Math.PI) % Math.PI
  if (angle < Math.PI / 2) return { ...box, angle }
  return { ...box, width: box.height, height: box.width, angle: angle - Math.PI / 2 }
}

function orientedBox({ x, y, width, height, angle }: RotatedCandidate): Box {
  return { x: x - width / 2, y: y - height / 2, width, height, rotation: (angle * 180) / Math.PI }
}
