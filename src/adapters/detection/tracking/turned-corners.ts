import type { Corners } from '../corners.js'
import { overlap } from '../suppress.js'
import { gaussianOf, probabilisticOverlap } from '../suppress-rotated.js'

/** A box that may be turned: its corners are those before the turn. */
export interface TurnedCorners extends Corners {
  /** Radians, clockwise about the centre. Absent where the model finds upright boxes. */
  readonly angle?: number
}

/** Intersection over union; of turned boxes as Ultralytics has it, {@link probabilisticOverlap}. */
export function turnedOverlap(a: TurnedCorners, b: TurnedCorners): number {
  if (a.angle === undefined || b.angle === undefined) return overlap(a, b)
  return probabilisticOverlap(gaussianOf(centred(a, a.angle)), gaussianOf(centred(b, b.angle)))
}

/** The same box with its longer side along the angle, so that it is measured alike whichever way it was found. */
export function alongLongerSide(box: TurnedCorners): TurnedCorners {
  if (box.angle === undefined) return box
  const { x, y, width, height } = centred(box, box.angle)
  if (width >= height) return box
  return {
    x1: x - height / 2,
    y1: y - width / 2,
    x2: x + height / 2,
    y2: y + width / 2,
    angle: box.angle + Math.PI / 2,
  }
}

function centred({ x1, y1, x2, y2 }: Corners, angle: number) {
  return { x: (x1 + x2) / 2, y: (y1 + y2) / 2, width: x2 - x1, height: y2 - y1, angle }
}
