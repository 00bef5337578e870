import { z } from 'zod'
import { adapterName } from '../adapter-name.js'
import { textModelOptions } from '../text/text-options.js'
import { AGGREGATIONS } from './aggregate.js'
import { LABEL_SCHEMES } from './label-scheme.js'

export const nerOptions = textModelOptions.extend({
  name: adapterName('ner'),
  /**
   * How tokens become entities, as `aggregation_strategy` of the Python pipeline.
   * @default `first` for models with WordPiece tokenizers, `simple` for others
   */
  aggregation: z.enum(AGGREGATIONS).optional(),
  /** How the model's labels mark the parts of an entity. @default read from the labels themselves */
  scheme: z.enum(LABEL_SCHEMES).optional(),
  /** Longest window, in tokens, special ones included. @default what the model takes */
  maxTokens: z.number().int().min(8).optional(),
  /** Tokens that neighbouring windows of a long text share. @default 128, or a quarter of a shorter window */
  stride: z.number().int().min(0).optional(),
})

/** Options of {@link ner}. */
export interface NerOptions extends z.input<typeof nerOptions> {
  /** Name of the adapter, part of the model version; give one when several of its kind serve one project. @default 'ner' */
  readonly name?: string | undefined
}
