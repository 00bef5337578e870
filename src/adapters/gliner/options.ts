import { z } from 'zod'
import { adapterName } from '../adapter-name.js'
import { textModelOptions } from '../text/text-options.js'

export const glinerOptions = textModelOptions.omit({ labelMap: true }).extend({
  name: adapterName('gliner'),
  /** Label of the config → the words in which the model is asked for it. @default the label's `hint`, or its value without one */
  prompts: z.record(z.string(), z.string().regex(/\S/, 'must hold more than white space')).default({}),
  /** Findings must be surer than this. @default 0.5 */
  scoreThreshold: z.number().min(0).max(1).default(0.5),
  /** Entities may lie inside one another. @default false */
  nested: z.boolean().default(false),
  /** The same words may have several labels. @default false */
  multiLabel: z.boolean().default(false),
  /** Words that neighbouring windows of a long text share; no less than the longest span. @default the longest span and one more */
  stride: z.number().int().min(0).optional(),
})

/** Options of {@link gliner}. */
export interface GlinerOptions extends z.input<typeof glinerOptions> {
  /** Name of the adapter, part of the model version; give one when several of its kind serve one project. @default 'gliner' */
  readonly name?: string | undefined
}
