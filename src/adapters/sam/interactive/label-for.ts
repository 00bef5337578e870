import { type ControlTag, createLabelMap } from '../../../config/index.js'
import { PrelabelError } from '../../../errors.js'

/** What regions are called on a control without labels; it is not shown there. */
const ANY = 'object'

/**
 * The label of an answer: that of the tool it was asked with, where the control has it; else the only one that the
 * control has.
 *
 * @throws PrelabelError `sam-label-unknown`
 */
export function labelFor(control: ControlTag, drawn: string | undefined): string {
  if (control.labels.length === 0) return drawn ?? ANY
  const known = drawn === undefined ? undefined : createLabelMap(control, undefined).labelFor(drawn)
  const [only, ...others] = control.labels
  const label = known ?? (others.length === 0 ? only : undefined)
  if (label !== undefined) return label
  const which = drawn === undefined ? 'no label was chosen' : `it has no label ${JSON.stringify(drawn)}`
  throw new PrelabelError(`${control.path} cannot show the mask: ${which}`, {
    code: 'sam-label-unknown',
    path: control.path,
    hint: 'Give the smart tool the labels of the control that it fills, or add `predicted_values` to those.',
  })
}
