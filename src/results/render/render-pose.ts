import type { LabelMap } from '../../config/index.js'
import type { BuiltResult } from '../builder.js'
import type { Detection, Pose, PosePoint } from '../findings.js'
import { boxAroundPoints, clampPoint, convertPoint } from '../geometry/index.js'
import { drawsBoxes, renderOutline } from './render-outline.js'
import { sizeOf } from './surface-of.js'
import type { Target } from './target.js'
import { numberAttribute } from './threshold.js'

/**
 * Points of a skeleton on a control for points, or its box on a control for boxes.
 *
 * @param parent the box under which the points stand
 */
export function renderPose(
  pose: Pose,
  target: Target,
  labelMap: LabelMap | undefined,
  parent: BuiltResult | undefined,
): readonly BuiltResult[] {
  const { tag, attributes } = target.control
  if (drawsBoxes(tag)) return renderOutline(boxOfPose(pose), target)
  const least = numberAttribute(attributes.model_point_threshold) ?? 0
  const pixels = numberAttribute(attributes.model_point_size)
  const size = sizeOf(target)
  const unit = pose.unit ?? 'pixel'
  return pose.points.flatMap((point, index) => {
    const label = tag === 'KeyPoint' ? {} : labelOf(point, index, pose, target, labelMap)
    if (label === undefined || (point.score ?? 1) < least) return []
    return target.builder.keyPoint({
      ...clampPoint(convertPoint(point, unit, 'percent', size), { width: 100, height: 100 }),
      unit: 'percent',
      ...label,
      ...target.options,
      ...(pixels === undefined ? {} : { width: (pixels / size.width) * 100 }),
      ...(point.score === undefined ? {} : { score: point.score }),
      ...(parent === undefined ? {} : { parent }),
    })
  })
}

/**
 * The label of a point: the one whose `model_index` is its place in the skeleton, as in the backends of Label Studio;
 * else the one that its own class means, else the one that the skeleton's class means. Undefined for a point without.
 */
function labelOf(
  point: PosePoint,
  index: number,
  pose: Pose,
  { control }: Target,
  labelMap: LabelMap | undefined,
): { readonly label: string } | undefined {
  const numbered = control.options.filter(({ attributes }) => attributes.model_index !== undefined)
  if (numbered.length > 0) {
    const option = numbered.find(
      ({ attributes, predictedValues }) =>
        Number(attributes.model_index) === index &&
        (predictedValues.length === 0 || predictedValues.includes(pose.label)),
    )
    return option && { label: option.label }
  }
  const label = labelMap?.labelFor(point.label ?? pose.label) ?? labelMap?.labelFor(pose.label)
  return label === undefined ? undefined : { label }
}

/** The box of a skeleton: its own, or the one around its points. */
export function boxOfPose({ box, points, ...pose }: Pose): Detection {
  return { ...pose, kind: 'detection', box: box ?? boxAroundPoints(points) }
}
