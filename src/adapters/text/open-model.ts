import { PrelabelError } from '../../errors.js'
import { importOptional } from '../../import-optional.js'
import { fromFloat16 } from '../../inference/float16.js'
import { createOnnxSession, type OnnxSessionOptions } from '../../inference/onnx-session.js'
import type { Session, Tensor } from '../../inference/session.js'
import type { ModelFolder } from './model-folder.js'
import { orDispose } from './or-dispose.js'
import { type AlignedTokenizer, createAlignedTokenizer, type Transformers } from './tokenizer.js'

/** How a model is opened. */
export interface OpenModelOptions extends OnnxSessionOptions {
  /** Who needs it, for messages: `prelabel/ner`. */
  readonly owner: string
  /** The imported `@huggingface/transformers`, for those who bundle it. */
  readonly transformers?: Transformers | undefined
}

/** A tokenizer and the weights that belong to it. */
export interface OpenModel {
  readonly tokenizer: AlignedTokenizer
  readonly session: Session
}

/**
 * Loads the tokenizer and the weights of a model folder.
 *
 * @param inputs what the adapter can feed; the model takes none but these, `input_ids` among them
 * @throws PrelabelError `missing-package`, `tokenizer-not-supported`, `model-load-failed`, `model-inputs-unknown`
 */
export async function openModel(
  folder: ModelFolder<unknown>,
  inputs: readonly string[],
  options: OpenModelOptions,
): Promise<OpenModel> {
  const { owner, transformers, ...sessionOptions } = options
  const lib = await importOptional<Transformers>(
    owner,
    '@huggingface/transformers',
    transformers,
    () => import('@huggingface/transformers'),
  )
  const tokenizer = createAlignedTokenizer(lib, folder.tokenizer, folder.tokenizerConfig)
  const session = await createOnnxSession(folder.modelFile, sessionOptions)
  await orDispose(session, () => checkInputs(session, folder.modelFile, inputs))
  return { tokenizer, session }
}

function checkInputs(session: Session, file: string, known: readonly string[]): void {
  const unknown = session.inputs.filter(({ name }) => !known.includes(name))
  if (unknown.length === 0 && session.inputs.some(({ name }) => name === 'input_ids')) return
  throw new PrelabelError(`The model ${file} takes ${session.inputs.map(({ name }) => name).join(', ')}`, {
    code: 'model-inputs-unknown',
    path: file,
    hint: `The adapter knows models that take of ${known.join(', ')} what they need.`,
  })
}

/** Scores as a model gives them; half precision is widened. */
export interface ModelOutput {
  readonly data: Float32Array
  readonly dims: readonly number[]
}

/**
 * The output `logits`, or the first there is.
 *
 * @throws PrelabelError `model-outputs-unknown` when it is not of floating-point numbers
 */
export function readLogits(
  results: Readonly<Record<string, Tensor>>,
  folder: Pick<ModelFolder<unknown>, 'modelFile'>,
): ModelOutput {
  const logits = results.logits ?? Object.values(results)[0]
  if (logits?.type === 'float16') return { data: fromFloat16(logits.data), dims: logits.dims }
  if (logits?.type === 'float32') return logits
  throw unexpectedOutput(folder, `${logits?.type ?? 'nothing'}, not float32 or float16`)
}

export function unexpectedOutput({ modelFile }: Pick<ModelFolder<unknown>, 'modelFile'>, what: string): PrelabelError {
  return new PrelabelError(`The model ${modelFile} answers with ${what}`, {
    code: 'model-outputs-unknown',
    path: modelFile,
    hint: 'Check that the model is of the kind the adapter runs, with its own config.',
  })
}
