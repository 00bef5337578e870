import type { ControlTag } from '../../config/index.js'
import { flagAttribute } from '../../results/render/flag-attribute.js'
import { pointsOf } from './attributes.js'
import type { YoloTask } from './options.js'

/**
 * Why the attributes of a control keep models from filling it, if they do: `model_skip` takes it out, unless it is there
 * for the boxes of skeletons; `model_obb` keeps it for models that make oriented boxes, which then leave the others alone.
 *
 * @param task what the model was trained for; undefined when that is not known yet
 * @param controls all that there are, the control among them
 */
export function leftAlone(
  control: ControlTag,
  task: YoloTask | undefined,
  controls: readonly ControlTag[],
): string | undefined {
  if (pointsOf(control, controls) !== undefined) return undefined
  if (flagAttribute(control.attributes.model_skip)) return 'its `model_skip` is set'
  if (task === undefined) return undefined
  const oriented = flagAttribute(control.attributes.model_obb)
  if (oriented && task !== 'obb' && task !== 'segment')
    return `its \`model_obb\` asks for oriented boxes, and this is a ${task} model`
  // A model that the control itself names is meant for it.
  const chosen = (control.attributes.model_path ?? '') !== ''
  if (!oriented && !chosen && task === 'obb' && controls.some(({ attributes }) => flagAttribute(attributes.model_obb)))
    return 'oriented boxes go to the control with `model_obb`'
  return undefined
}
