import { z } from 'zod'
import { adapterName } from '../adapter-name.js'
import { textModelOptions } from '../text/text-options.js'

export const zeroShotOptions = textModelOptions.omit({ labelMap: true }).extend({
  name: adapterName('zero-shot'),
  /**
   * The sentence that the model judges for each choice; `{}` stands for the choice's `hint`, or its value without one.
   * @default 'This example is {}.'
   */
  hypothesisTemplate: z.string().includes('{}').default('This example is {}.'),
  /** Judge each choice by itself. @default what the control is: `choice="multiple"` */
  multiLabel: z.boolean().optional(),
  /** Scores below this are left out. @default 0.5 where each choice is judged by itself, else 0 */
  scoreThreshold: z.number().min(0).max(1).optional(),
  /** Most choices to give. @default 1, or all that reach their threshold where each is judged by itself */
  topK: z.number().int().positive().optional(),
  /** The text to judge, made of fields of the task: `{title}\n\n{body}`. @default what the object tag shows */
  template: z.string().optional(),
  /** `average` the scores of all parts of a text longer than the model takes, or read only the `first`. @default 'average' */
  longTexts: z.enum(['average', 'first']).default('average'),
})

/** Options of {@link zeroShot}. */
export interface ZeroShotOptions extends z.input<typeof zeroShotOptions> {
  /** Name of the adapter, part of the model version; give one when several of its kind serve one project. @default 'zero-shot' */
  readonly name?: string | undefined
}
