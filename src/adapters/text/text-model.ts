import type { Session, Tensor } from '../../inference/session.js'
import type { ModelConfig } from './model-config.js'
import type { ModelFolder } from './model-folder.js'
import { type OpenModelOptions, openModel, readLogits, unexpectedOutput } from './open-model.js'
import { runByLength } from './run-by-length.js'
import type { AlignedTokenizer } from './tokenizer.js'

/** An input of a text model: token ids with the special ones in place, and the segment of each (all 0 without). */
export interface Sequence {
  readonly ids: readonly number[]
  readonly segments?: readonly number[]
}

/** Scores of one sequence as the model gives them, before softmax or sigmoid. */
export interface Logits {
  readonly data: Float32Array
  /** Values a token, or a sequence, has: one for each class. */
  readonly classes: number
}

/** A transformer with its tokenizer, ready to run. */
export interface TextModel {
  readonly config: ModelConfig
  readonly tokenizer: AlignedTokenizer
  readonly session: Session
  /**
   * Runs sequences in micro-batches of like length; the answers come in the order of the sequences. Where the model
   * speaks of each token, the tokens' rows follow each other in `data`, padding left out.
   */
  run(sequences: readonly Sequence[], signal?: AbortSignal): Promise<Logits[]>
  dispose(): Promise<void>
}

/** How a text model is loaded and run. */
export interface TextModelOptions extends OpenModelOptions {
  /** What the model must classify: each token, or the whole sequence. */
  readonly classifies: 'tokens' | 'sequences'
  /** Most sequences in one run of the model. */
  readonly microBatch: number
  /** Most tokens in one run of the model, padding included. */
  readonly microBatchTokens: number
}

/**
 * Loads a classifier of texts.
 *
 * @throws PrelabelError `missing-package`, `tokenizer-not-supported`, `model-load-failed`, `model-inputs-unknown`
 */
export async function loadTextModel(folder: ModelFolder, options: TextModelOptions): Promise<TextModel> {
  const { classifies, microBatch, microBatchTokens, ...open } = options
  const { tokenizer, session } = await openModel(folder, INPUTS, open)

  const runBatch = async (batch: readonly Sequence[]): Promise<Logits[]> => {
    const { data, dims } = readLogits(await session.run(feeds(session, batch, tokenizer.padId)), folder)
    const rank = classifies === 'tokens' ? 3 : 2
    if (dims.length !== rank) throw unexpectedOutput(folder, `one answer for each ${rank === 3 ? 'text' : 'token'}`)
    const [classes, labels] = [dims.at(-1), folder.config.labels.length]
    if (classes !== labels) throw unexpectedOutput(folder, `${classes} classes, and \`id2label\` names ${labels}`)
    return logitsOf(data, dims, batch)
  }

  return {
    config: folder.config,
    tokenizer,
    session,
    run: (sequences, signal) =>
      runByLength(sequences, ({ ids }) => ids.length, { microBatch, microBatchTokens, signal }, runBatch),
    dispose: () => session.dispose(),
  }
}

const INPUTS = ['input_ids', 'attention_mask', 'token_type_ids', 'position_ids'] as const

function feeds(session: Session, batch: readonly Sequence[], padId: number): Record<string, Tensor> {
  const width = Math.max(...batch.map(({ ids }) => ids.length))
  const dims = [batch.length, width]
  const fill = (valueAt: (sequence: Sequence, index: number) => number): Tensor => {
    const data = new BigInt64Array(batch.length * width)
    batch.forEach((sequence, row) => {
      for (let index = 0; index < width; index++) data[row * width + index] = BigInt(valueAt(sequence, index))
    })
    return { type: 'int64', dims, data }
  }
  const values: Record<string, (sequence: Sequence, index: number) => number> = {
    input_ids: ({ ids }, index) => ids[index] ?? padId,
    attention_mask: ({ ids }, index) => (index < ids.length ? 1 : 0),
    token_type_ids: ({ segments }, index) => segments?.[index] ?? 0,
    position_ids: (_, index) => index,
  }
  return Object.fromEntries(session.inputs.map(({ name }) => [name, fill(values[name] ?? (() => 0))]))
}

function logitsOf(data: Float32Array, dims: readonly number[], batch: readonly Sequence[]): Logits[] {
  const classes = dims.at(-1) ?? 0
  const perToken = dims.length === 3
  const row = perToken ? (dims[1] ?? 0) * classes : classes
  return batch.map(({ ids }, index) => {
    const from = index * row
    return { classes, data: data.subarray(from, from + (perToken ? ids.length : 1) * classes) }
  })
}
