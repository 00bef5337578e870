import { z } from 'zod'
import { adapterName } from '../adapter-name.js'
import { textModelOptions } from '../text/text-options.js'

export const textClassificationOptions = textModelOptions.extend({
  name: adapterName('text-classification'),
  /** More than one class may hold: a score of its own for each (sigmoid). @default what the model's config says */
  multiLabel: z.boolean().optional(),
  /** Scores below this are left out. @default 0.5 for multi-label models, 0 for others */
  scoreThreshold: z.number().min(0).max(1).optional(),
  /** Most classes to give. @default 1, or all that reach their threshold with a multi-label model */
  topK: z.number().int().positive().optional(),
  /** The text to classify, made of fields of the task: `{title}\n\n{body}`. @default what the object tag shows */
  template: z.string().optional(),
  /**
   * What to do with texts longer than the model takes: `average` the scores of all their parts, or read only the
   * `first`, as the Python pipeline does.
   * @default 'average'
   */
  longTexts: z.enum(['average', 'first']).default('average'),
  /** Longest part, in tokens, special ones included. @default what the model takes */
  maxTokens: z.number().int().min(8).optional(),
})

/** Options of {@link textClassification}. */
export interface TextClassificationOptions extends z.input<typeof textClassificationOptions> {
  /** Name of the adapter, part of the model version; give one when several of its kind serve one project. @default 'text-classification' */
  readonly name?: string | undefined
}
