import type { Detection } from '../findings.js'
import { boxToRectangle, convertBox } from '../geometry/index.js'
import { labelInput, sizeOf } from './region-input.js'
import type { Target } from './target.js'

const RECTANGLES = new Set(['RectangleLabels', 'Rectangle'])

/** Puts a thing in a picture on a control; false when the control draws nothing that could be it. */
export function renderOutline({ box, unit = 'pixel' }: Detection, target: Target): boolean {
  if (!RECTANGLES.has(target.control.tag)) return false
  const size = sizeOf(target)
  const rectangle = boxToRectangle(convertBox(box, unit, 'pixel', size), size)
  target.builder.rectangle({ ...rectangle, unit: 'percent', ...labelInput(target), ...target.options })
  return true
}
