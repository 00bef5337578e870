import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { ZodError } from 'zod'
import { type ModelConfig, readModelConfig } from './model-config.js'
import { fileInvalid, fileMissing, folderNotFound } from './model-file-errors.js'
import { chooseWeights, type WeightsChoice } from './weights.js'

/** What a kind of model keeps beside its weights and its tokenizer, and how it is read. */
export interface ConfigReader<C> {
  /** Name of the file. */
  readonly file: string
  /** How such a folder is made, one sentence, for errors. */
  readonly advice: string
  /** @throws ZodError when a member that is needed is missing or of another kind */
  read(config: unknown, tokenizerConfig: unknown): C
}

/** The `config.json` of transformers. */
export const TRANSFORMERS_CONFIG: ConfigReader<ModelConfig> = {
  file: 'config.json',
  advice: 'Export the model for transformers.js (optimum-cli export onnx), tokenizer included.',
  read: readModelConfig,
}

/** A folder in the layout of transformers.js and optimum, looked at but not loaded. */
export interface ModelFolder<C = ModelConfig> {
  readonly folder: string
  /** Path of the weights. */
  readonly modelFile: string
  readonly config: C
  /** Content of `tokenizer.json` and `tokenizer_config.json`. */
  readonly tokenizer: object
  readonly tokenizerConfig: object
}

/**
 * Looks into a model folder: its config, `tokenizer.json`, `tokenizer_config.json`, and the weights in `onnx/` or
 * beside them. Without a choice `model.onnx` is taken, or the only file there is.
 *
 * @throws PrelabelError `model-folder-not-found`, `model-file-missing`, `model-file-invalid`
 */
export async function readModelFolder<C>(
  folder: string,
  reader: ConfigReader<C>,
  choice: WeightsChoice = {},
): Promise<ModelFolder<C>> {
  const configs = await readModelConfigs(folder, reader)
  return { ...configs, folder, modelFile: path.join(folder, await chooseWeights(folder, choice, reader.advice)) }
}

/** The folder's files beside the weights. */
export function configFiles({ file }: ConfigReader<unknown>): [config: string, tokenizer: string, settings: string] {
  return [file, 'tokenizer.json', 'tokenizer_config.json']
}

/** Reads them: what {@link readModelFolder} gives, without the weights. */
export async function readModelConfigs<C>(
  folder: string,
  reader: ConfigReader<C>,
): Promise<Pick<ModelFolder<C>, 'config' | 'tokenizer' | 'tokenizerConfig'>> {
  const [configFile, tokenizerFile, settingsFile] = configFiles(reader)
  const [config, tokenizer, tokenizerConfig] = await Promise.all([
    readJson(folder, configFile, reader),
    readJson(folder, tokenizerFile, reader),
    readJson(folder, settingsFile, reader),
  ])
  return { config: checkedConfig(folder, reader, config, tokenizerConfig), tokenizer, tokenizerConfig }
}

async function readJson(folder: string, file: string, reader: ConfigReader<unknown>): Promise<object> {
  let text: string
  try {
    text = await readFile(path.join(folder, file), 'utf8')
  } catch (cause) {
    const names = await readdir(folder).catch(() => undefined)
    if (names === undefined) throw folderNotFound(folder, wantedFolder(reader), cause)
    const holds = `It holds ${names.length === 0 ? 'nothing' : names.slice(0, 12).join(', ')}.`
    throw fileMissing(folder, file, holds, reader.advice)
  }
  const value = parseJson(text)
  if (typeof value !== 'object' || value === null) throw fileInvalid(folder, file, 'it is not a JSON object')
  return value
}

function wantedFolder({ file, advice }: ConfigReader<unknown>): string {
  return `Give a folder with ${file}, tokenizer.json and onnx/model.onnx. ${advice}`
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function checkedConfig<C>(folder: string, reader: ConfigReader<C>, config: object, tokenizerConfig: object): C {
  try {
    return reader.read(config, tokenizerConfig)
  } catch (cause) {
    if (!(cause instanceof ZodError)) throw cause
    const [issue] = cause.issues
    throw fileInvalid(folder, reader.file, `${issue?.path.join('.')}: ${issue?.message}`)
  }
}
