import type { Placement, Size } from '../../inference/pictures/letterbox.js'
import type { Box } from '../../results/findings.js'
import type { Candidate } from './candidate.js'

/** A point of the model's input in pixels of the picture, not past its edges. */
export function pointInPicture(x: number, y: number, { back }: Placement, picture: Size): { x: number; y: number } {
  return {
    x: clip((x - back.offsetX) / back.gainX, picture.width),
    y: clip((y - back.offsetY) / back.gainY, picture.height),
  }
}

/** A candidate's box in pixels of the picture, cut at its edges; undefined when nothing of it is inside. */
export function boxInPicture(candidate: Candidate, placement: Placement, picture: Size): Box | undefined {
  const from = pointInPicture(candidate.x1, candidate.y1, placement, picture)
  const to = pointInPicture(candidate.x2, candidate.y2, placement, picture)
  const [width, height] = [to.x - from.x, to.y - from.y]
  return width > 0 && height > 0 ? { ...from, width, height } : undefined
}

function clip(value: number, size: number): number {
  return Math.min(Math.max(value, 0), size)
}
