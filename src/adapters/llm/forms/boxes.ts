import { z } from 'zod'
import type { ControlTag } from '../../../config/labeling-config.js'
import type { Task } from '../../../results/task.js'
import { type AnswerForm, type FormOptions, scored } from './answer-form.js'
import { listForm } from './make-form.js'
import { flatLabels, listWords, oneOf } from './vocabulary.js'

/** Side of the grid in which boxes are asked for: vision models are trained on it, and it is free of their resizing. */
const GRID = 1000

const side = z.int().min(0).max(GRID)

/** `<RectangleLabels>` on a picture: boxes by their four sides. */
export function boxesForm(control: ControlTag, task: Task, options: FormOptions): AnswerForm | undefined {
  const labels = flatLabels(control, task)
  if (labels.length === 0) return undefined
  const element = z.strictObject({
    label: oneOf(labels.map(({ word }) => word)),
    left: side,
    top: side,
    right: side,
    bottom: side,
  })
  const ask = `every thing in the picture that one of the labels fits, by the sides of its box in thousandths of the picture: left and right from its left edge, top and bottom from its top edge, 0 to ${GRID}. An empty list if there is none:\n${listWords(labels)}`
  return listForm(element, ask, options, () => ({ label, left, top, right, bottom }, score) => {
    if (right <= left || bottom <= top) return 'a box needs left < right and top < bottom'
    const box = { x: left / GRID, y: top / GRID, width: (right - left) / GRID, height: (bottom - top) / GRID }
    return [{ kind: 'detection', label, box, unit: 'fraction', ...scored(score) }]
  })
}
