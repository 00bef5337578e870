/** What the adapters read of a model's `config.json` and `tokenizer_config.json`. Format: transformers. */

import { z } from 'zod'

const modelConfigFile = z.object({
  model_type: z.string().default(''),
  id2label: z.record(z.string().regex(/^\d+$/), z.string()).default({}),
  max_position_embeddings: z.number().int().positive().optional(),
  pad_token_id: z.number().int().nullish(),
  problem_type: z.string().nullish(),
})

const tokenizerConfigFile = z.looseObject({ model_max_length: z.number().positive().optional() })

/** A model's own facts. */
export interface ModelConfig {
  /** Names of the classes, by their index in the model's output. */
  readonly labels: readonly string[]
  /** Longest input, special tokens included. */
  readonly maxTokens: number
  /** More than one class may hold at the same time. */
  readonly multiLabel: boolean
}

/** Longest input that any model is given when its files name no limit. */
const DEFAULT_MAX_TOKENS = 512

/** Models whose positions start behind the padding token's id. */
const OFFSET_POSITIONS = new Set(['roberta', 'xlm-roberta', 'camembert', 'xlm-roberta-xl', 'longformer'])

/** @throws ZodError when a member that is needed is there and of another kind */
export function readModelConfig(config: unknown, tokenizerConfig: unknown): ModelConfig {
  const model = modelConfigFile.parse(config)
  const tokenizer = tokenizerConfigFile.parse(tokenizerConfig)
  const offset = OFFSET_POSITIONS.has(model.model_type) ? (model.pad_token_id ?? 1) + 1 : 0
  const positions = (model.max_position_embeddings ?? DEFAULT_MAX_TOKENS + offset) - offset
  return {
    labels: Object.entries(model.id2label)
      .sort(([a], [b]) => Number(a) - Number(b))
      .map(([, label]) => label),
    maxTokens: Math.min(positions, tokenizer.model_max_length ?? DEFAULT_MAX_TOKENS),
    multiLabel: model.problem_type === 'multi_label_classification',
  }
}
