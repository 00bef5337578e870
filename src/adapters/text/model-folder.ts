import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { ZodError } from 'zod'
import { PrelabelError } from '../../errors.js'
import { type ModelConfig, readModelConfig } from './model-config.js'

/** A folder in the layout of transformers.js and optimum, looked at but not loaded. */
export interface ModelFolder {
  readonly folder: string
  /** Path of the weights. */
  readonly modelFile: string
  readonly config: ModelConfig
  /** Content of `tokenizer.json` and `tokenizer_config.json`. */
  readonly tokenizer: object
  readonly tokenizerConfig: object
}

/** Which of the folder's weights to take. */
export interface WeightsChoice {
  /** A variant by its name. */
  readonly dtype?: Dtype | undefined
  /** A file, relative to the folder: `onnx/model_q4.onnx`. */
  readonly file?: string | undefined
}

const SUFFIXES = {
  fp32: '',
  fp16: '_fp16',
  int8: '_int8',
  uint8: '_uint8',
  q8: '_quantized',
  q4: '_q4',
  q4f16: '_q4f16',
  bnb4: '_bnb4',
} as const

/** A variant of a model's weights. */
export type Dtype = keyof typeof SUFFIXES

/**
 * Looks into a model folder: `config.json`, `tokenizer.json`, `tokenizer_config.json`, and the weights in `onnx/` or
 * beside them. Without a choice `model.onnx` is taken, or the only file there is.
 *
 * @throws PrelabelError `model-folder-not-found`, `model-file-missing`, `model-file-invalid`
 */
export async function readModelFolder(folder: string, choice: WeightsChoice = {}): Promise<ModelFolder> {
  const [config, tokenizer, tokenizerConfig] = await Promise.all([
    readJson(folder, 'config.json'),
    readJson(folder, 'tokenizer.json'),
    readJson(folder, 'tokenizer_config.json'),
  ])
  const modelFile = path.join(folder, await chooseWeights(folder, choice))
  return { folder, modelFile, config: checkedConfig(folder, config, tokenizerConfig), tokenizer, tokenizerConfig }
}

/** SHA-256 (hex) of everything that decides what the model says: weights, their external data, tokenizer, config. */
export async function fingerprint({ folder, modelFile }: Pick<ModelFolder, 'folder' | 'modelFile'>): Promise<string> {
  const weights = path.relative(folder, modelFile)
  const beside = await readdir(path.dirname(modelFile))
  const data = beside.filter((name) => name.startsWith(`${path.basename(modelFile)}_data`)).sort()
  const files = [
    'config.json',
    'tokenizer.json',
    'tokenizer_config.json',
    weights,
    ...data.map((name) => path.join(path.dirname(weights), name)),
  ]
  const hash = createHash('sha256')
  for (const file of files) for await (const chunk of createReadStream(path.join(folder, file))) hash.update(chunk)
  return hash.digest('hex')
}

async function chooseWeights(folder: string, { file, dtype }: WeightsChoice): Promise<string> {
  const found = await weightsIn(folder)
  const wanted = file ?? named(found, dtype)
  if (wanted !== undefined && found.includes(path.normalize(wanted))) return wanted
  const [only] = found
  if (wanted === undefined && dtype === undefined && only !== undefined && found.length === 1) return only
  const asked = file ?? `onnx/${fileName(dtype)}`
  throw missing(folder, asked, found.length === 0 ? 'It holds no .onnx file.' : `It holds ${found.join(', ')}.`)
}

function named(found: readonly string[], dtype: Dtype | undefined): string | undefined {
  return found.find((file) => path.basename(file) === fileName(dtype))
}

function fileName(dtype: Dtype = 'fp32'): string {
  return `model${SUFFIXES[dtype]}.onnx`
}

async function weightsIn(folder: string): Promise<string[]> {
  const inFolder = async (sub: string) => {
    const names = await readdir(path.join(folder, sub)).catch(() => [])
    return names.filter((name) => name.endsWith('.onnx')).map((name) => path.join(sub, name))
  }
  return [...(await inFolder('onnx')), ...(await inFolder('.'))]
}

async function readJson(folder: string, file: string): Promise<object> {
  let text: string
  try {
    text = await readFile(path.join(folder, file), 'utf8')
  } catch (cause) {
    const names = await readdir(folder).catch(() => undefined)
    if (names === undefined) throw folderNotFound(folder, cause)
    throw missing(folder, file, `It holds ${names.length === 0 ? 'nothing' : names.slice(0, 12).join(', ')}.`)
  }
  const value = parseJson(text)
  if (typeof value !== 'object' || value === null) throw invalid(folder, file, 'it is not a JSON object')
  return value
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function checkedConfig(folder: string, config: object, tokenizerConfig: object): ModelConfig {
  try {
    return readModelConfig(config, tokenizerConfig)
  } catch (cause) {
    const issue = cause instanceof ZodError ? cause.issues[0] : undefined
    throw invalid(folder, 'config.json', `${issue?.path.join('.')}: ${issue?.message}`)
  }
}

function folderNotFound(folder: string, cause: unknown): PrelabelError {
  return new PrelabelError(`The model folder ${folder} does not exist`, {
    code: 'model-folder-not-found',
    path: folder,
    hint: 'Give a folder with config.json, tokenizer.json and onnx/model.onnx; a relative path counts from the working directory.',
    cause,
  })
}

function missing(folder: string, file: string, what: string): PrelabelError {
  return new PrelabelError(`The model folder ${folder} has no ${file}`, {
    code: 'model-file-missing',
    path: path.join(folder, file),
    hint: `${what} Export the model for transformers.js (optimum-cli export onnx), tokenizer included.`,
  })
}

function invalid(folder: string, file: string, why: string): PrelabelError {
  return new PrelabelError(`The file ${file} of the model folder ${folder} cannot be read: ${why}`, {
    code: 'model-file-invalid',
    path: path.join(folder, file),
    hint: 'Take the file anew from where the model came from.',
  })
}
