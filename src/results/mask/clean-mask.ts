import type { MaskPixels } from '../findings.js'
import { polygonArea } from '../geometry/polygon.js'
import { type Contour, type Ring, traceContours } from './contours.js'
import { paintPolygons } from './fill-polygons.js'
import { checkMask, maskCrop } from './mask-pixels.js'

export interface CleanMaskOptions {
  /** Parts of fewer pixels are removed. @default 0 */
  readonly minArea?: number
  /** Holes of fewer pixels are filled. @default 0 */
  readonly minHoleArea?: number
}

/**
 * A mask without small parts and small holes: what models leave at the rim of a thing. The same object where there are
 * none, a copy otherwise.
 */
export function cleanMask(mask: MaskPixels, { minArea = 0, minHoleArea = 0 }: CleanMaskOptions): MaskPixels {
  const specks: Ring[] = []
  const pinholes: Ring[] = []
  checkMask(mask)
  const { width, height } = maskCrop(mask)
  // The crop alone, as if it were the picture.
  const given = { width, height, data: mask.data }
  for (const contour of traceContours(given)) {
    if (contourArea(contour) < minArea) specks.push(contour.outline, ...contour.holes)
    else pinholes.push(...contour.holes.filter((hole) => polygonArea(hole) < minHoleArea))
  }
  if (specks.length === 0 && pinholes.length === 0) return mask
  const clean = { ...given, data: mask.data.slice() }
  paintPolygons(clean, specks, 0)
  // Holes in parts that lie in other holes run the same way as these: all are inside.
  paintPolygons(clean, pinholes, 255, 'nonzero')
  return { ...mask, data: clean.data }
}

/** Pixels of a part: what its outline encloses less its holes. */
export function contourArea({ outline, holes }: Contour): number {
  return polygonArea(outline) - holes.reduce((sum, hole) => sum + polygonArea(hole), 0)
}
