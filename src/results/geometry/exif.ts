/**
 * The EXIF orientation (1..8) says how a picture is turned before it is shown. Label Studio's regions lie on the shown
 * picture; a model that read the stored pixels answers in those. Orientations: EXIF 2.32, tag 0x0112.
 */

import type { Box } from '../findings.js'
import { boxAroundPoints } from './polygon.js'
import { boxCorners, boxFromCorners, type Corners } from './rotated-box.js'
import type { Point, Size } from './units.js'

/** The size after the turn: sides are swapped for 5..8. */
export function shownSize(stored: Size, orientation: number): Size {
  return orientation >= 5 ? { width: stored.height, height: stored.width } : stored
}

/** A pixel point of the stored picture → the shown one. An unknown orientation turns nothing. */
export function turnPoint({ x, y }: Point, orientation: number, stored: Size): Point {
  const right = stored.width - x
  const below = stored.height - y
  switch (orientation) {
    case 2:
      return { x: right, y }
    case 3:
      return { x: right, y: below }
    case 4:
      return { x, y: below }
    case 5:
      return { x: y, y: x }
    case 6:
      return { x: below, y: x }
    case 7:
      return { x: below, y: right }
    case 8:
      return { x: y, y: right }
    default:
      return { x, y }
  }
}

/** A pixel box of the stored picture → the shown one. */
export function turnBox(box: Box, orientation: number, stored: Size): Box {
  const [a, b, c, d] = boxCorners(box)
  const to = (corner: Point) => turnPoint(corner, orientation, stored)
  const turned: Corners = [to(a), to(b), to(c), to(d)]
  return box.rotation === undefined ? boxAroundPoints(turned) : boxFromCorners(turned)
}

/** The orientation that undoes another: `turnPoint(p, undoOrientation(o), shown)` goes from shown to stored. */
export function undoOrientation(orientation: number): number {
  if (orientation === 6) return 8
  return orientation === 8 ? 6 : orientation
}
