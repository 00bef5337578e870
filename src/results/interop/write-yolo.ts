/** Label files of the YOLO family: https://docs.ultralytics.com/datasets/ */

import { boxCorners, type Point } from '../geometry/index.js'
import { maskToPolygons, maskToRotatedBox, type Ring } from '../mask/index.js'
import { classIndex, type LabelledImage, type LabelledThing, uprightBoxOf } from './labelled-image.js'

export type YoloTask = 'detect' | 'segment' | 'pose' | 'obb'

export interface WriteYoloOptions {
  readonly task: YoloTask
  /** The classes in their order, as in the data set's `names`. */
  readonly labels: readonly string[]
  /** For `pose`: the key points of a skeleton in their order. */
  readonly keypoints?: readonly string[]
}

/**
 * A labelled picture → its label file: one line for each thing (for `segment` one for each part of a painted thing),
 * class index first, places as fractions of the picture.
 *
 * @throws PrelabelError `label-not-listed` for a label that is none of `labels`
 */
export function writeYolo(image: LabelledImage, options: WriteYoloOptions): string {
  const lines = image.things.flatMap((thing) =>
    placesOf(thing, image, options).map((places) => [classIndex(options.labels, thing.label), ...places].join(' ')),
  )
  return lines.map((line) => `${line}\n`).join('')
}

/** The numbers of each line of a thing, without the class. */
function placesOf(thing: LabelledThing, image: LabelledImage, { task, keypoints = [] }: WriteYoloOptions): string[][] {
  const at = ({ x, y }: Point) => [fraction(x, image.width), fraction(y, image.height)]
  switch (task) {
    case 'detect':
      return [boxOf(thing, at)]
    case 'segment':
      return outlinesOf(thing).map((ring) => ring.flatMap(at))
    case 'obb':
      return [boxCorners((thing.mask && maskToRotatedBox(thing.mask)) ?? thing.box).flatMap(at)]
    case 'pose': {
      const places = keypoints.flatMap((name) => {
        const point = thing.points?.find(({ label }) => label === name)
        return point === undefined ? ['0', '0', '0'] : [...at(point), '2']
      })
      return [[...boxOf(thing, at), ...places]]
    }
  }
}

/** Centre and sides of the upright box. */
function boxOf(thing: LabelledThing, at: (point: Point) => string[]): string[] {
  const { x, y, width, height } = uprightBoxOf(thing)
  return [...at({ x: x + width / 2, y: y + height / 2 }), ...at({ x: width, y: height })]
}

function outlinesOf({ outline, mask, box }: LabelledThing): readonly Ring[] {
  if (outline !== undefined) return [outline]
  return mask === undefined ? [boxCorners(box)] : maskToPolygons(mask)
}

/** Six digits are a five-thousandth of a pixel in 4K. */
function fraction(place: number, whole: number): string {
  return String(Number((place / whole).toFixed(6)))
}
