/** What the adapter reads of a model's `gliner_config.json`. Format: the Python package gliner. */

import { z } from 'zod'
import type { ConfigReader } from '../text/model-folder.js'

const glinerConfigFile = z.object({
  ent_token: z.string().min(1).default('<<ENT>>'),
  sep_token: z.string().min(1).default('<<SEP>>'),
  max_width: z.number().int().positive().default(12),
  max_len: z.number().int().positive().default(384),
  subtoken_pooling: z.enum(['first', 'last', 'mean', 'max']).default('first'),
  words_splitter_type: z
    .literal('whitespace', 'must be whitespace: other ways to cut words belong to Python packages')
    .default('whitespace'),
})

const tokenizerConfigFile = z.looseObject({ model_max_length: z.number().positive().optional() })

/** A model's own facts. */
export interface GlinerConfig {
  /** Stands before every label of the prompt. */
  readonly entToken: string
  /** Stands between the prompt and the text. */
  readonly sepToken: string
  /** Words of the longest span, where the model scores spans. */
  readonly maxWidth: number
  /** Words of the longest text that it was made for. */
  readonly maxWords: number
  /** Most tokens of prompt and text together, special ones included; infinite where the tokenizer names no limit. */
  readonly maxTokens: number
  /** Which tokens of a word the model reads it by. */
  readonly pooling: 'first' | 'last' | 'mean' | 'max'
}

/** transformers writes a number of thirty digits for "no limit". */
const NO_LIMIT = 1e9

export const GLINER_CONFIG: ConfigReader<GlinerConfig> = {
  file: 'gliner_config.json',
  advice: 'Export the model with `export_to_onnx` of the Python package gliner, tokenizer included.',
  read(config, tokenizerConfig) {
    const model = glinerConfigFile.parse(config)
    const { model_max_length: limit = NO_LIMIT } = tokenizerConfigFile.parse(tokenizerConfig)
    return {
      entToken: model.ent_token,
      sepToken: model.sep_token,
      maxWidth: model.max_width,
      maxWords: model.max_len,
      maxTokens: limit < NO_LIMIT ? limit : Number.POSITIVE_INFINITY,
      pooling: model.subtoken_pooling,
    }
  },
}
