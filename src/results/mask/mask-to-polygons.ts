import type { MaskPixels } from '../findings.js'
import { boxAroundPoints, polygonArea } from '../geometry/polygon.js'
import { contourArea } from './clean-mask.js'
import { type Contour, type Ring, traceContours } from './contours.js'
import { paintPolygons } from './fill-polygons.js'
import { emptyMask } from './mask-pixels.js'
import { simplifyRing } from './simplify.js'

/**
 * What becomes of holes, which polygons of Label Studio do not have.
 *
 * - `bridge`: the outline runs into each hole and back along the same line: one polygon, drawn and exported as the mask is
 * - `fill`: holes are covered: one plain polygon, easy to edit
 * - `split`: the part is cut level through its holes: several plain polygons that cover just the mask
 */
export type HoleStyle = 'bridge' | 'fill' | 'split'

export interface MaskToPolygonsOptions {
  /** How far a polygon may lie from the edges of the pixels, in pixels; 0 keeps every corner. @default 1 */
  readonly tolerance?: number
  /** @default 'bridge' */
  readonly holes?: HoleStyle
  /** All parts of the mask, one polygon or more each, or the largest part alone. @default 'all' */
  readonly parts?: 'all' | 'largest'
  /** Parts of fewer pixels are left out. @default 0 */
  readonly minArea?: number
  /** Holes of fewer pixels are covered. @default 0 */
  readonly minHoleArea?: number
}

/**
 * A mask → polygons in pixels, largest part first. A pixel's corners have whole numbers: the mask of the pixel (0, 0)
 * alone is the square from (0, 0) to (1, 1).
 *
 * @throws PrelabelError `mask-size-mismatch`
 */
export function maskToPolygons(mask: MaskPixels, options: MaskToPolygonsOptions = {}): Ring[] {
  const { tolerance = 1, holes = 'bridge', parts = 'all', minArea = 0, minHoleArea = 0 } = options
  const contours = traceContours(mask)
    .map((contour) => ({ contour, area: contourArea(contour) }))
    .filter(({ area }) => area >= minArea)
    .sort((a, b) => b.area - a.area)
    .map(({ contour }) => withoutHolesBelow(contour, holes === 'fill' ? Infinity : minHoleArea))
  return (parts === 'all' ? contours : contours.slice(0, 1))
    .flatMap((contour) => (holes === 'split' ? splitThroughHoles(contour) : [contour]))
    .map((contour) => simplifyContour(contour, tolerance))
    .map(({ outline, holes }) => holes.reduce(bridge, outline))
}

/** The same part, its outline and holes simplified each by {@link simplifyRing}. */
function simplifyContour({ outline, holes }: Contour, tolerance: number): Contour {
  return { outline: simplifyRing(outline, tolerance), holes: holes.map((hole) => simplifyRing(hole, tolerance)) }
}

function withoutHolesBelow({ outline, holes }: Contour, minArea: number): Contour {
  return { outline, holes: holes.filter((hole) => polygonArea(hole) >= minArea) }
}

/** Runs into the hole from the corner that is nearest to it, around, and back. */
function bridge(outline: Ring, hole: Ring): Ring {
  let best = { from: 0, to: 0, distance: Infinity }
  outline.forEach((a, from) => {
    hole.forEach((b, to) => {
      const distance = (a.x - b.x) ** 2 + (a.y - b.y) ** 2
      if (distance < best.distance) best = { from, to, distance }
    })
  })
  const around = [...hole.slice(best.to), ...hole.slice(0, best.to + 1)]
  return [...outline.slice(0, best.from + 1), ...around, ...outline.slice(best.from)]
}

/** Cuts the part level through the middle of its first hole, and the pieces again until none has a hole. */
function splitThroughHoles(contour: Contour): Contour[] {
  const [hole] = contour.holes
  if (hole === undefined) return [contour]
  const part = boxAroundPoints(contour.outline)
  const gap = boxAroundPoints(hole)
  const cut = gap.y + Math.ceil(gap.height / 2)
  return [
    { x: part.x, y: part.y, width: part.width, height: cut - part.y },
    { x: part.x, y: cut, width: part.width, height: part.y + part.height - cut },
  ]
    .filter((piece) => piece.height > 0)
    .flatMap(({ x, y, width, height }) => {
      const pixels = emptyMask(width, height)
      paintPolygons(
        pixels,
        [contour.outline, ...contour.holes].map((ring) => moved(ring, -x, -y)),
        255,
      )
      return traceContours(pixels)
        .flatMap(splitThroughHoles)
        .map((piece) => ({
          outline: moved(piece.outline, x, y),
          holes: [],
        }))
    })
}

function moved(ring: Ring, dx: number, dy: number): Ring {
  return ring.map(({ x, y }) => ({ x: x + dx, y: y + dy }))
}
