import { PrelabelError } from '../../errors.js'
import type { Box, MaskPixels } from '../findings.js'
import {
  boxAroundPoints,
  boxOfEllipse,
  convertBox,
  convertPoint,
  ellipsePoints,
  type Point,
  rectangleToBox,
  type Size,
  uprightBox,
} from '../geometry/index.js'
import { maskToBox, type Ring } from '../mask/index.js'
import type { Region } from '../read/region.js'

/** A named point of a skeleton, in pixels. */
export interface LabelledPoint extends Point {
  readonly label: string
}

/** A thing that somebody drew and named, in pixels. */
export interface LabelledThing {
  readonly label: string
  /** Of a prediction, 0..1. */
  readonly score?: number
  /** Around all of it; turned only for a turned rectangle or ellipse. */
  readonly box: Box
  /** Its outline, when it was drawn as one. */
  readonly outline?: Ring
  /** Its pixels, when it was painted. */
  readonly mask?: MaskPixels
  /** Key points that stand under it. */
  readonly points?: readonly LabelledPoint[]
}

/** A picture with all that was drawn on it. */
export interface LabelledImage extends Size {
  readonly fileName: string
  readonly things: readonly LabelledThing[]
}

/**
 * What was drawn on a picture, as data sets for training hold it: one thing for each label of a region. Key points go
 * to the region under which they stand; those without one, and what is no region of a picture, are left out.
 *
 * @param regions of `readAnnotations`, `readPrediction` or `readResults`
 * @param image `page` keeps only the regions of one page of an `<Image valueList>`
 */
export function labelledImage(
  regions: readonly Region[],
  image: Size & { readonly fileName: string; readonly page?: number },
): LabelledImage {
  const { fileName, width, height, page } = image
  const own = regions.filter((region) => page === undefined || (region.page ?? 0) === page)
  const things = own.flatMap((region) => {
    const form = formOf(region, image)
    if (form === undefined) return []
    const points = own
      .filter(({ parentId }) => parentId !== undefined && parentId === region.id)
      .flatMap(pointsOf(image))
    const score = region.score === undefined ? {} : { score: region.score }
    return region.labels.map((label) => ({ label, ...score, ...form, ...(points.length === 0 ? {} : { points }) }))
  })
  return { fileName, width, height, things }
}

type Form = Pick<LabelledThing, 'box' | 'outline' | 'mask'>

function formOf({ shape }: Region, size: Size): Form | undefined {
  switch (shape?.kind) {
    case 'rectangle':
      return { box: rectangleToBox(convertBox(shape, shape.unit, 'percent', size), size) }
    case 'ellipse': {
      const radii = convertPoint({ x: shape.radiusX, y: shape.radiusY }, shape.unit, 'pixel', size)
      const centre = convertPoint(shape, shape.unit, 'pixel', size)
      const ellipse = { ...centre, radiusX: radii.x, radiusY: radii.y, rotation: shape.rotation ?? 0 }
      return { box: boxOfEllipse(ellipse), outline: ellipsePoints(ellipse) }
    }
    case 'polygon':
      return outlined(shape.points.map(([x, y]) => convertPoint({ x, y }, shape.unit, 'pixel', size)))
    case 'vector':
      return shape.closed
        ? outlined(shape.vertices.map((point) => convertPoint(point, shape.unit, 'pixel', size)))
        : undefined
    case 'brush':
    case 'bitmask': {
      const { mask } = shape
      const box = maskToBox(mask)
      return box && { box, mask }
    }
    default:
      return undefined
  }
}

function outlined(outline: Ring): Form | undefined {
  return outline.length < 3 ? undefined : { box: boxAroundPoints(outline), outline }
}

function pointsOf(size: Size): (region: Region) => LabelledPoint[] {
  return ({ shape, labels }) =>
    shape?.kind === 'keypoint'
      ? labels.map((label) => ({ label, ...convertPoint(shape, shape.unit, 'pixel', size) }))
      : []
}

/** The upright box around a thing. */
export function uprightBoxOf({ box, outline }: LabelledThing): Box {
  return outline === undefined ? uprightBox(box) : boxAroundPoints(outline)
}

/** Where a label stands in the list of a data set. @throws PrelabelError `label-not-listed` */
export function classIndex(labels: readonly string[], label: string): number {
  const index = labels.indexOf(label)
  if (index >= 0) return index
  throw new PrelabelError(`the label ${JSON.stringify(label)} is not in the list of classes`, {
    code: 'label-not-listed',
    hint: 'List every label of the config, in the order that the model is to learn.',
  })
}
