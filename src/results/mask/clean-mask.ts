import type { MaskPixels } from '../findings.js'
import { polygonArea } from '../geometry/polygon.js'
import { type Contour, traceContours } from './contours.js'
import { paintPolygons } from './fill-polygons.js'

export interface CleanMaskOptions {
  /** Parts of fewer pixels are removed. @default 0 */
  readonly minArea?: number
  /** Holes of fewer pixels are filled. @default 0 */
  readonly minHoleArea?: number
}

/** A copy of a mask without small parts and small holes: what models leave at the rim of a thing. */
export function cleanMask(mask: MaskPixels, { minArea = 0, minHoleArea = 0 }: CleanMaskOptions): MaskPixels {
  const clean = { ...mask, data: mask.data.slice() }
  for (const contour of traceContours(mask)) {
    if (contourArea(contour) < minArea) paintPolygons(clean, [contour.outline, ...contour.holes], 0)
    else for (const hole of contour.holes) if (polygonArea(hole) < minHoleArea) paintPolygons(clean, [hole], 255)
  }
  return clean
}

/** Pixels of a part: what its outline encloses less its holes. */
export function contourArea({ outline, holes }: Contour): number {
  return polygonArea(outline) - holes.reduce((sum, hole) => sum + polygonArea(hole), 0)
}
