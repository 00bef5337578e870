import { z } from 'zod'
import type { ControlTag } from '../../../config/labeling-config.js'
import type { Box } from '../../../results/findings.js'
import type { Task } from '../../../results/task.js'
import type { ItemInput } from '../../adapter.js'
import { type AnswerForm, type FormOptions, scored } from './answer-form.js'
import { listForm } from './make-form.js'
import { flatLabels, listWords, oneOf } from './vocabulary.js'

/** Side of the grid in which boxes are asked for: vision models are trained on it, and it is free of their resizing. */
const GRID = 1000

const side = z.int().min(0).max(GRID)
const sides = { left: side, top: side, right: side, bottom: side }

/** `<RectangleLabels>` on a picture, or on the pages of one with `valueList`: boxes by their four sides. */
export function boxesForm(
  control: ControlTag,
  task: Task,
  inputs: readonly ItemInput[],
  options: FormOptions,
): AnswerForm | undefined {
  const labels = flatLabels(control, task)
  if (labels.length === 0) return undefined
  const label = oneOf(labels.map(({ word }) => word))
  const ask = (where: string) =>
    `every thing in the ${where} that one of the labels fits, by the sides of its box in thousandths of the picture: left and right from its left edge, top and bottom from its top edge, 0 to ${GRID}. An empty list if there is none:\n${listWords(labels)}`

  if (!pagesOf(control, inputs).some(({ object }) => object.list)) {
    return listForm(z.strictObject({ label, ...sides }), ask('picture'), options, () => (found, score) => {
      const box = boxOf(found)
      return typeof box === 'string'
        ? box
        : [{ kind: 'detection', label: found.label, box, unit: 'fraction', ...scored(score) }]
    })
  }
  const element = z.strictObject({ label, page: z.int().min(0), ...sides })
  return listForm(element, ask('pictures (`page` is the number of the picture)'), options, (shown) => {
    const count = pagesOf(control, shown).length
    return (found, score) => {
      const { page: itemIndex } = found
      if (itemIndex >= count) return `there is no page ${itemIndex}`
      const box = boxOf(found)
      return typeof box === 'string'
        ? box
        : [{ kind: 'detection', label: found.label, box, unit: 'fraction', itemIndex, ...scored(score) }]
    }
  })
}

function pagesOf({ toName }: ControlTag, inputs: readonly ItemInput[]): readonly ItemInput[] {
  return inputs.filter(({ object }) => toName.includes(object.name))
}

/** The box of four sides, or why there is none. */
function boxOf({ left, top, right, bottom }: z.infer<z.ZodObject<typeof sides>>): Box | string {
  if (right <= left || bottom <= top) return 'a box needs left < right and top < bottom'
  return { x: left / GRID, y: top / GRID, width: (right - left) / GRID, height: (bottom - top) / GRID }
}
