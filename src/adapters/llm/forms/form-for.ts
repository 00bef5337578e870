import type { ControlTag } from '../../../config/labeling-config.js'
import type { Task } from '../../../results/task.js'
import type { Fills, ItemInput } from '../../adapter.js'
import type { AnswerForm, FormOptions } from './answer-form.js'
import { boxesForm } from './boxes.js'
import { choicesForm } from './choices.js'
import { pairwiseForm, rankerForm } from './comparison.js'
import { freeTextForm } from './free-text.js'
import { momentForm } from './moment.js'
import { numberForm, ratingForm } from './quantity.js'
import { spansForm } from './spans.js'
import { taxonomyForm } from './taxonomy.js'

const WORDS = ['Text', 'HyperText', 'Paragraphs', 'List', 'Table'] as const

/** What words can fill, on which objects; pictures only for models that take them. */
export function fillsOf(vision: boolean): Fills {
  const shown = vision ? [...WORDS, 'Image'] : WORDS
  const whole = ['Choices', 'Taxonomy', 'TextArea', 'Rating', 'Number', 'DateTime', 'Pairwise']
  return {
    ...Object.fromEntries(whole.map((tag) => [tag, shown])),
    Ranker: ['List'],
    Labels: ['Text', 'HyperText'],
    HyperTextLabels: ['HyperText'],
    ParagraphLabels: ['Paragraphs'],
    ...(vision ? { RectangleLabels: ['Image'] } : {}),
  }
}

/** True when a control's form differs from task to task: options or items come with it. */
export function dependsOnTask({ dynamicOptions, tag }: ControlTag): boolean {
  return dynamicOptions !== undefined || tag === 'Ranker'
}

/** The form of a control for one task; undefined when there is nothing to ask (no labels, no list to rank). */
export function formFor(
  control: ControlTag,
  task: Task,
  inputs: readonly ItemInput[],
  options: FormOptions,
): AnswerForm | undefined {
  switch (control.tag) {
    case 'Choices':
      return choicesForm(control, task, options)
    case 'Taxonomy':
      return taxonomyForm(control, task, options)
    case 'TextArea':
      return freeTextForm(control, options)
    case 'Rating':
      return ratingForm(control, options)
    case 'Number':
      return numberForm(control, options)
    case 'DateTime':
      return momentForm(control, options)
    case 'Pairwise':
      return pairwiseForm(control, options)
    case 'Ranker':
      return rankerForm(control, inputs, options)
    case 'Labels':
    case 'HyperTextLabels':
    case 'ParagraphLabels':
      return spansForm(control, task, options)
    case 'RectangleLabels':
      return boxesForm(control, task, inputs, options)
    default:
      return undefined
  }
}
