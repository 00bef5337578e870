import { PrelabelError } from '../../errors.js'
import { importOptional } from '../../import-optional.js'
import { createOnnxSession, type OnnxSessionOptions } from '../../inference/onnx-session.js'
import type { Session, Tensor } from '../../inference/session.js'
import { batchesByLength } from './batches.js'
import type { ModelConfig } from './model-config.js'
import type { ModelFolder } from './model-folder.js'
import { orDispose } from './or-dispose.js'
import { type AlignedTokenizer, createAlignedTokenizer, type Transformers } from './tokenizer.js'

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
export interface TextModelOptions extends OnnxSessionOptions {
  /** Who needs it, for messages: `prelabel/ner`. */
  readonly owner: string
  /** What the model must classify: each token, or the whole sequence. */
  readonly classifies: 'tokens' | 'sequences'
  /** The imported `@huggingface/transformers`, for those who bundle it. */
  readonly transformers?: Transformers | undefined
  /** Most sequences in one run of the model. */
  readonly microBatch: number
  /** Most tokens in one run of the model, padding included. */
  readonly microBatchTokens: number
}

/**
 * Loads the tokenizer and the weights of a model folder.
 *
 * @throws PrelabelError `missing-package`, `tokenizer-not-supported`, `model-load-failed`, `model-inputs-unknown`
 */
export async function loadTextModel(folder: ModelFolder, options: TextModelOptions): Promise<TextModel> {
  const { owner, classifies, transformers, microBatch, microBatchTokens, ...sessionOptions } = options
  const lib = await importOptional(
    owner,
    '@huggingface/transformers',
    transformers,
    () => import('@huggingface/transformers'),
  )
  const tokenizer = createAlignedTokenizer(lib, folder.tokenizer, folder.tokenizerConfig)
  const session = await createOnnxSession(folder.modelFile, sessionOptions)
  await orDispose(session, () => checkInputs(session, folder.modelFile))

  const runBatch = async (batch: readonly Sequence[]): Promise<Logits[]> => {
    const width = Math.max(...batch.map(({ ids }) => ids.length))
    const results = await session.run(feeds(session, batch, width, tokenizer.padId))
    const logits = results.logits ?? Object.values(results)[0]
    if (logits?.type !== 'float32') throw unexpectedOutput(folder, `${logits?.type ?? 'nothing'}, not float32`)
    const rank = classifies === 'tokens' ? 3 : 2
    if (logits.dims.length !== rank)
      throw unexpectedOutput(folder, `one answer for each ${rank === 3 ? 'text' : 'token'}`)
    const [classes, labels] = [logits.dims.at(-1), folder.config.labels.length]
    if (classes !== labels) throw unexpectedOutput(folder, `${classes} classes, and \`id2label\` names ${labels}`)
    return logitsOf(logits.data, logits.dims, batch)
  }

  return {
    config: folder.config,
    tokenizer,
    session,
    async run(sequences, signal) {
      const answers = new Array<Logits>(sequences.length)
      const lengths = sequences.map(({ ids }) => ids.length)
      for (const indices of batchesByLength(lengths, microBatch, microBatchTokens)) {
        signal?.throwIfAborted()
        const logits = await runBatch(indices.flatMap((index) => sequences[index] ?? []))
        logits.forEach((answer, place) => {
          answers[indices[place] ?? 0] = answer
        })
      }
      return answers
    },
    dispose: () => session.dispose(),
  }
}

const INPUTS = ['input_ids', 'attention_mask', 'token_type_ids', 'position_ids']

function checkInputs(session: Session, file: string): void {
  const unknown = session.inputs.filter(({ name }) => !INPUTS.includes(name))
  if (unknown.length === 0 && session.inputs.some(({ name }) => name === 'input_ids')) return
  throw new PrelabelError(`The model ${file} takes ${session.inputs.map(({ name }) => name).join(', ')}`, {
    code: 'model-inputs-unknown',
    path: file,
    hint: `A text model takes input_ids and, as it needs them, ${INPUTS.slice(1).join(', ')}.`,
  })
}

function feeds(session: Session, batch: readonly Sequence[], width: number, padId: number): Record<string, Tensor> {
  const fill = (valueAt: (sequence: Sequence, index: number) => number): Tensor => {
    const data = new BigInt64Array(batch.length * width)
    batch.forEach((sequence, row) => {
      for (let index = 0; index < width; index++) data[row * width + index] = BigInt(valueAt(sequence, index))
    })
    return { type: 'int64', dims: [batch.length, width], data }
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

function unexpectedOutput({ modelFile }: ModelFolder, what: string): PrelabelError {
  return new PrelabelError(`The model ${modelFile} answers with ${what}`, {
    code: 'model-outputs-unknown',
    path: modelFile,
    hint: 'Check that the model is of the kind the adapter runs, with float32 outputs and its own config.json.',
  })
}
