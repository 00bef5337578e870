import type { BuiltResult } from '../builder.js'
import type { Box, Detection, Mask } from '../findings.js'
import { boxToRectangle } from '../geometry/index.js'
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
  const rectangle = boxToRectangle(boxFor(outline, target), sizeOf(target))
  return [target.builder.rectangle({ ...rectangle, unit: 'percent', ...target.label, ...target.options })]
}

function drawOcrBox(outline: Outline, target: Target) {
  const rectangle = boxToRectangle(boxFor(outline, target), sizeOf(target))
  return [target.builder.ocr({ ...rectangle, unit: 'percent', ...target.label, ...target.options })]
}

/** A mask gets a turned box where the control asks for one, as `model_obb` does in the backends of Label Studio. */
function boxFor(outline: Outline, { control }: Target): Box {
  return control.attributes.model_obb === 'true' ? outline.turnedBox() : outline.box()
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
