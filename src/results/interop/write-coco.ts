/** COCO data sets: https://cocodataset.org/#format-data */

import { polygonArea } from '../geometry/index.js'
import { encodeCocoRle, maskArea, maskToPolygons, type Ring } from '../mask/index.js'
import {
  classIndex,
  type LabelledImage,
  type LabelledPoint,
  type LabelledThing,
  uprightBoxOf,
} from './labelled-image.js'

export interface CocoCategory {
  readonly id: number
  readonly name: string
  readonly keypoints?: readonly string[]
}

export interface CocoAnnotation {
  readonly id: number
  readonly image_id: number
  readonly category_id: number
  /** x, y, width, height in pixels, upright. */
  readonly bbox: readonly [number, number, number, number]
  readonly area: number
  readonly iscrowd: 0
  /** Outlines as x, y, x, y, …; or a mask. Empty for a plain box. */
  readonly segmentation:
    | readonly (readonly number[])[]
    | { readonly size: readonly [number, number]; readonly counts: string }
  /** x, y, visibility of each key point of the category; 0, 0, 0 for one that is not there. */
  readonly keypoints?: readonly number[]
  readonly num_keypoints?: number
  readonly score?: number
}

export interface CocoDataset {
  readonly images: readonly {
    readonly id: number
    readonly file_name: string
    readonly width: number
    readonly height: number
  }[]
  readonly categories: readonly CocoCategory[]
  readonly annotations: readonly CocoAnnotation[]
}

export interface WriteCocoOptions {
  /** The classes in their order; ids count from 1. */
  readonly labels: readonly string[]
  /** The key points of a skeleton in their order. */
  readonly keypoints?: readonly string[]
  /** Painted things as compressed masks, or as polygons, which lose a little at the edges. @default 'rle' */
  readonly masks?: 'rle' | 'polygon'
}

/**
 * Labelled pictures → a COCO data set.
 *
 * @throws PrelabelError `label-not-listed` for a label that is none of `labels`
 */
export function writeCoco(images: readonly LabelledImage[], options: WriteCocoOptions): CocoDataset {
  const { labels, keypoints } = options
  const annotations = images.flatMap(({ things }, image) =>
    things.map((thing) => ({ image_id: image + 1, ...annotationOf(thing, options) })),
  )
  return {
    images: images.map(({ fileName, width, height }, index) => ({ id: index + 1, file_name: fileName, width, height })),
    categories: labels.map((name, index) => ({
      id: index + 1,
      name,
      ...(keypoints === undefined ? {} : { keypoints }),
    })),
    annotations: annotations.map((annotation, index) => ({ id: index + 1, ...annotation })),
  }
}

function annotationOf(thing: LabelledThing, { labels, keypoints, masks = 'rle' }: WriteCocoOptions) {
  const { x, y, width, height } = uprightBoxOf(thing)
  return {
    category_id: classIndex(labels, thing.label) + 1,
    bbox: [x, y, width, height] as const,
    area: areaOf(thing),
    iscrowd: 0 as const,
    segmentation: segmentationOf(thing, masks),
    ...(keypoints === undefined ? {} : keypointsOf(thing.points ?? [], keypoints)),
    ...(thing.score === undefined ? {} : { score: thing.score }),
  }
}

function areaOf({ mask, outline, box }: LabelledThing): number {
  if (mask !== undefined) return maskArea(mask)
  return outline === undefined ? box.width * box.height : polygonArea(outline)
}

function segmentationOf({ mask, outline }: LabelledThing, masks: 'rle' | 'polygon'): CocoAnnotation['segmentation'] {
  if (outline !== undefined) return [flat(outline)]
  if (mask === undefined) return []
  return masks === 'rle' ? encodeCocoRle(mask) : maskToPolygons(mask).map(flat)
}

function flat(ring: Ring): number[] {
  return ring.flatMap(({ x, y }) => [x, y])
}

function keypointsOf(points: readonly LabelledPoint[], names: readonly string[]) {
  const placed = names.map((name) => points.find(({ label }) => label === name))
  return {
    keypoints: placed.flatMap((point) => (point === undefined ? [0, 0, 0] : [point.x, point.y, 2])),
    num_keypoints: placed.filter((point) => point !== undefined).length,
  }
}
