import path from 'node:path'
import { hashModel } from '../model-files/hash-model.js'
import { externalDataFiles } from './external-data.js'
import { type ConfigReader, configFiles, type ModelFolder } from './model-folder.js'

/**
 * SHA-256 (hex) of everything that decides what the model says: weights, their external data, tokenizer, config.
 *
 * @throws PrelabelError `model-file-invalid`, `model-not-found`
 */
export async function fingerprint(
  { folder, modelFile }: Pick<ModelFolder<unknown>, 'folder' | 'modelFile'>,
  reader: ConfigReader<unknown>,
): Promise<string> {
  const weights = path.relative(folder, modelFile)
  const files = [...configFiles(reader), weights, ...(await externalDataFiles(folder, weights))]
  return hashModel(files.map((file) => path.join(folder, file)))
}
