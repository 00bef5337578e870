import type { BuiltResult } from '../builder.js'
import type { Box, Detection, Mask } from '../findings.js'
import { boxToRectangle, clampBox, type RectangleGeometry, uprightBox } from '../geometry/index.js'
import { flagAttribute } from './flag-attribute.js'
import { type Outline, outlineOf } from './outline.js'
import { sizeOf } from './surface-of.js'
import type { Target } from './target.js'

type Draw = (outline: Outline, target: Target) => readonly BuiltResult[]

/** How each control that draws on pictures shows a thing. */
const DRAW: ReadonlyMap<string, Draw> = new Map(
  Object.entries<Draw>({
    Rectangle: drawRectangle,
    RectangleLabels: drawRectangle,
    OcrLabels: drawOcrBox,
    Ellipse: drawEllipse,
    EllipseLabels: drawEllipse,
    Polygon: drawPolygons,
    PolygonLabels: drawPolygons,
    Vector: drawVectors,
    VectorLabels: drawVectors,
    Brush: drawBrush,
    BrushLabels: drawBrush,
    MagicWand: drawBrush,
    Bitmask: drawBitmask,
    BitmaskLabels: drawBitmask,
  }),
)

/** Regions of a thing in a picture, on a control that draws outlines. */
export function renderOutline(finding: Detection | Mask, target: Target): readonly BuiltResult[] {
  return DRAW.get(target.control.tag)?.(outlineOf(finding, sizeOf(target)), target) ?? []
}

/** True for controls that can show a thing in a picture by its outline. */
export function drawsOutlines(tag: string): boolean {
  return DRAW.has(tag)
}

/** True for controls that draw a box, which may hold the points of a skeleton. */
export function drawsBoxes(tag: string): boolean {
  return DRAW.get(tag) === drawRectangle
}

function drawRectangle(outline: Outline, target: Target) {
  const rectangle = rectangleFor(outline, target)
  return [target.builder.rectangle({ ...rectangle, unit: 'percent', ...target.label, ...target.options })]
}

function drawOcrBox(outline: Outline, target: Target) {
  const rectangle = rectangleFor(outline, target)
  return [target.builder.ocr({ ...rectangle, unit: 'percent', ...target.label, ...target.options })]
}

/**
 * The rectangle of a thing; of a mask a turned one where the control asks for it, as `model_obb` does in the backends of
 * Label Studio. Label Studio refuses corners outside the picture, so a turned box is told from a corner inside, and one
 * without such a corner as the upright box around it.
 */
function rectangleFor(outline: Outline, target: Target): RectangleGeometry {
  const size = sizeOf(target)
  const box = flagAttribute(target.control.attributes.model_obb) ? outline.turnedBox() : outline.box()
  const turns = [box, quarterTurn(box), quarterTurn(quarterTurn(box)), quarterTurn(quarterTurn(quarterTurn(box)))]
  const fitting = turns.map((turned) => boxToRectangle(turned, size)).find(fitsPicture)
  return fitting ?? boxToRectangle(clampBox(uprightBox(box), size) ?? box, size)
}

/** The same box told from its next corner. */
function quarterTurn({ x, y, width, height, rotation = 0 }: Box): Box {
  const by = (width - height) / 2
  return { x: x + by, y: y - by, width: height, height: width, rotation: rotation + 90 }
}

function fitsPicture({ x, y, width, height }: RectangleGeometry): boolean {
  return x >= 0 && y >= 0 && Math.max(x, y, width, height) <= 100
}

function drawEllipse(outline: Outline, target: Target) {
  return [target.builder.ellipse({ ...outline.ellipse(), unit: 'pixel', ...target.label, ...target.options })]
}

function drawPolygons(outline: Outline, target: Target) {
  return outline.polygons(target.polygons).map((ring) => {
    const points = ring.map(({ x, y }): [number, number] => [x, y])
    return target.builder.polygon({ points, unit: 'pixel', ...target.label, ...target.options })
  })
}

function drawVectors(outline: Outline, target: Target) {
  return outline
    .polygons(target.polygons)
    .map((vertices) =>
      target.builder.vector({ vertices, closed: true, unit: 'pixel', ...target.label, ...target.options }),
    )
}

function drawBrush(outline: Outline, target: Target) {
  return [target.builder.brush({ mask: outline.mask(), ...target.label, ...target.options })]
}

function drawBitmask(outline: Outline, target: Target) {
  return [target.builder.bitmask({ mask: outline.mask(), ...target.label, ...target.options })]
}
