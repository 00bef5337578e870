import type { Box, MaskPixels } from '../../../results/findings.js'
import {
  boxAroundPoints,
  boxCorners,
  clampBox,
  ellipsePoints,
  normalizeDegrees,
  type Point,
  rectangleToBox,
  type Size,
} from '../../../results/geometry/index.js'
import { fillPolygons } from '../../../results/mask/index.js'
import type { Prompt } from '../../../results/read/prompt.js'

/** Kinds of what encloses the thing that is meant. */
export type AreaKind = 'rectangle' | 'ellipse' | 'polygon'

/** What was drawn around a thing, in pixels. */
export interface DrawnArea {
  /** The part of the picture that it encloses. */
  readonly box: Box
  /** What is inside, when that is less than the box. */
  readonly mask?: MaskPixels
}

/** Undefined when nothing of it is on the picture. */
export function drawnArea(shape: Prompt<AreaKind>['shape'], picture: Size): DrawnArea | undefined {
  const upright = shape.kind === 'rectangle' && normalizeDegrees(shape.rotation ?? 0) === 0
  const outline = outlineOf(shape)
  const box = outline.length < 3 ? undefined : clampBox(boxAroundPoints(outline), picture)
  if (box === undefined) return undefined
  return upright ? { box } : { box, mask: fillPolygons([outline], picture.width, picture.height, 'nonzero') }
}

function outlineOf(shape: Prompt<AreaKind>['shape']): readonly Point[] {
  switch (shape.kind) {
    case 'rectangle':
      // Pixels are percent of a picture of 100 × 100, as far as turning is concerned.
      return boxCorners(rectangleToBox(shape, { width: 100, height: 100 }))
    case 'ellipse':
      return ellipsePoints(shape)
    case 'polygon':
      return shape.points.map(([x, y]) => ({ x, y }))
  }
}
