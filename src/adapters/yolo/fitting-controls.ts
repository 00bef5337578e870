import type { ControlTag } from '../../config/index.js'
import type { YoloTask } from './options.js'

/**
 * The controls that a model of this task is meant for, by the attributes of the Python backend: `model_skip` takes a
 * control out, `model_obb` keeps it for models of oriented boxes, which then leave the other controls alone.
 */
export function fittingControls(controls: readonly ControlTag[], task: YoloTask): ControlTag[] {
  const open = controls.filter(({ attributes }) => !isTrue(attributes.model_skip))
  const oriented = open.filter(({ attributes }) => isTrue(attributes.model_obb))
  if (task !== 'obb') return open.filter((control) => !oriented.includes(control))
  return oriented.length > 0 ? oriented : open
}

function isTrue(value: string | undefined): boolean {
  return value !== undefined && ['true', '1', 'yes'].includes(value.toLowerCase())
}
