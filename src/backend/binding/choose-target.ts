import type { ControlTag, ObjectTag } from '../../config/index.js'
import type { Prompt } from '../../results/read/prompt.js'
import { shapeOf } from '../../results/types/families.js'
import type { Binding, BoundControl } from './bind-adapters.js'

/**
 * The controls on which the answer to a drawn region goes. Regions go on one control: not on a smart tool, while there is
 * another; the one that it was drawn with, else the first that has its label, else the first. What is asked of regions goes
 * with them, and what is no region on every control that is bound.
 */
export function chooseTargets({ objects, controls }: Binding, { control: drawnWith, object: on, labels }: Prompt) {
  const object = objects.find(({ name }) => name === on)
  const about = controls.filter(({ control }) => control.toName.includes(on))
  const drawing = about.filter(({ control }) => object !== undefined && draws(control, object))
  if (drawing.length === 0) return about
  const marking = drawing.filter(({ control }) => !isTool(control))
  const candidates = marking.length > 0 ? marking : drawing
  const hasLabel = ({ labelMap }: BoundControl) => labels.some((label) => labelMap.labelFor(label) !== undefined)
  const [target] = [
    candidates.find(({ control }) => control.name === drawnWith) ?? candidates.find(hasLabel),
    ...candidates,
  ].filter((one) => one !== undefined)
  return target === undefined ? [] : [target, ...about.filter(({ control }) => control.perRegion)]
}

/** A smart tool of which the answers go on another control of the binding. */
export function isOnlyAskedWith({ controls, objects }: Binding, { control }: BoundControl): boolean {
  const marks = (other: ControlTag) => !isTool(other) && objects.some((object) => draws(other, object))
  return isTool(control) && controls.some((other) => marks(other.control))
}

function draws(control: ControlTag, object: ObjectTag): boolean {
  return shapeOf(control, object) !== undefined
}

/** Every control is smart unless it says no; one that says yes is there to be asked with. */
function isTool({ attributes: { smart, smartOnly } }: ControlTag): boolean {
  return smart === 'true' || smartOnly === 'true'
}
