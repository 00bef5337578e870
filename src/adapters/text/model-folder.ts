import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { ZodError } from 'zod'
import { type ModelConfig, readModelConfig } from './model-config.js'
import { fileInvalid, fileMissing, folderNotFound } from './model-file-errors.js'
import { chooseWeights, type WeightsChoice } from './weights.js'

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

/**
 * Looks into a model folder: `config.json`, `tokenizer.json`, `tokenizer_config.json`, and the weights in `onnx/` or
 * beside them. Without a choice `model.onnx` is taken, or the only file there is.
 *
 * @throws PrelabelError `model-folder-not-found`, `model-file-missing`, `model-file-invalid`
 */
export async function readModelFolder(folder: string, choice: WeightsChoice = {}): Promise<ModelFolder> {
  const configs = await readModelConfigs(folder)
  return { ...configs, folder, modelFile: path.join(folder, await chooseWeights(folder, choice)) }
}

/** The folder's files beside the weights. */
export const CONFIG_FILES = ['config.json', 'tokenizer.json', 'tokenizer_config.json'] as const

/** Reads them: what {@link readModelFolder} gives, without the weights. */
export async function readModelConfigs(
  folder: string,
): Promise<Pick<ModelFolder, 'config' | 'tokenizer' | 'tokenizerConfig'>> {
  const [config, tokenizer, tokenizerConfig] = await Promise.all([
    readJson(folder, CONFIG_FILES[0]),
    readJson(folder, CONFIG_FILES[1]),
    readJson(folder, CONFIG_FILES[2]),
  ])
  return { config: checkedConfig(folder, config, tokenizerConfig), tokenizer, tokenizerConfig }
}

async function readJson(folder: string, file: string): Promise<object> {
  let text: string
  try {
    text = await readFile(path.join(folder, file), 'utf8')
  } catch (cause) {
    const names = await readdir(folder).catch(() => undefined)
    if (names === undefined) throw folderNotFound(folder, cause)
    throw fileMissing(folder, file, `It holds ${names.length === 0 ? 'nothing' : names.slice(0, 12).join(', ')}.`)
  }
  const value = parseJson(text)
  if (typeof value !== 'object' || value === null) throw fileInvalid(folder, file, 'it is not a JSON object')
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
    throw fileInvalid(folder, 'config.json', `${issue?.path.join('.')}: ${issue?.message}`)
  }
}
