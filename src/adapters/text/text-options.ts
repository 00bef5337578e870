/** Options that every adapter around a text model has. */

import { z } from 'zod'
import type { OnnxRuntime } from '../../inference/index.js'
import type { Transformers } from './tokenizer.js'

const score = z.number().min(0).max(1)

/** Members shared by the options of the text adapters. */
export const textModelOptions = z.strictObject({
  /**
   * Model folder in the layout of transformers.js (`config.json`, `tokenizer.json`, `onnx/model.onnx`), or the id of a
   * model of the hub (`owner/name`) with its `revision`.
   */
  model: z.string().min(1),
  /** Commit of a model of the hub. */
  revision: z
    .string()
    .regex(/^[\w.-]+$/)
    .optional(),
  /** Base URL of the hub. @default the environment's HF_ENDPOINT, or 'https://huggingface.co' */
  hub: z
    .url({ protocol: /^https?$/ })
    .transform((url) => url.replace(/\/+$/, ''))
    .prefault(() => process.env.HF_ENDPOINT || 'https://huggingface.co'),
  /** Token of an account that may read the model, where it is private. @default the environment's HF_TOKEN */
  token: z
    .string()
    .min(1)
    .optional()
    .prefault(() => process.env.HF_TOKEN || undefined),
  /** Where models of the hub are kept. @default `~/.cache/prelabel/models` */
  cacheFolder: z.string().min(1).optional(),
  /** Variant of the weights: `fp32`, `q8`, `q4`, … @default `model.onnx`, or the only file there is */
  dtype: z.enum(['fp32', 'fp16', 'int8', 'uint8', 'q8', 'q4', 'q4f16', 'bnb4']).optional(),
  /** File of the weights, relative to the folder; instead of `dtype`. */
  file: z.string().min(1).optional(),
  /** Findings below this are left out. @default 0 */
  scoreThreshold: score.default(0),
  /** The same for single classes, before `scoreThreshold`. */
  labelThresholds: z.record(z.string(), score).default({}),
  /** Model class → label of the config, `null` to leave the class out. */
  labelMap: z.record(z.string(), z.string().nullable()).optional(),
  /** Only these controls, by name. */
  controls: z.array(z.string()).optional(),
  /** Most tasks in one call. @default 32 */
  batchSize: z.number().int().positive().default(32),
  /** Most sequences in one run of the model. @default 32 */
  microBatch: z.number().int().positive().default(32),
  /** Most tokens in one run of the model, padding included; raise it on a GPU. @default 512 */
  microBatchTokens: z.number().int().positive().default(512),
  /** Longest text of a task, UTF-16 units; a longer one fails that task. @default 500000 */
  maxCharacters: z.number().int().positive().default(500_000),
  /** Threads for one operator. @default the runtime's choice */
  threads: z.number().int().positive().optional(),
  /** Execution providers, tried in turn: `['cuda', 'cpu']`. @default ['cpu'] */
  providers: z.array(z.string()).min(1).optional(),
  /**
   * `own`: the model runs in a worker thread, so that other requests are served while it computes; `calling`: it runs
   * on the thread that calls, which saves copying.
   * @default 'own'
   */
  thread: z.enum(['own', 'calling']).default('own'),
  /** The imported `onnxruntime-node`, for those who bundle it; it runs on the calling thread. */
  onnxruntime: z.custom<OnnxRuntime>((value) => typeof value === 'object' && value !== null).optional(),
  /** The imported `@huggingface/transformers`, for those who bundle it. */
  transformers: z.custom<Transformers>((value) => typeof value === 'object' && value !== null).optional(),
})

export type TextModelSettings = z.output<typeof textModelOptions>
