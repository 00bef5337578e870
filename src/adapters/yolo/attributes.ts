import type { ControlTag } from '../../config/index.js'
import { flagAttribute } from '../../results/render/flag-attribute.js'

/** Whether a control shows skeletons by their points. */
export function showsPoints({ tag }: ControlTag): boolean {
  return tag === 'KeyPointLabels' || tag === 'KeyPoint'
}

/** The control for the boxes around the skeletons of another one: of `face` it is named `face_bbox`. */
export function boxesOf<C extends ControlTag>(points: ControlTag, controls: Iterable<C>): C | undefined {
  if (!showsPoints(points) || !flagAttribute(points.attributes.model_add_bboxes, true)) return undefined
  return [...controls].find(({ name }) => name === `${points.name}_bbox`)
}

/** The control for points whose skeletons' boxes this one shows. */
export function pointsOf(boxes: ControlTag, controls: Iterable<ControlTag>): ControlTag | undefined {
  return [...controls].find((points) => boxesOf(points, [boxes]) !== undefined)
}
