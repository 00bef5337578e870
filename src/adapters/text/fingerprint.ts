import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import path from 'node:path'
import { externalDataFiles } from './external-data.js'
import { type ConfigReader, configFiles, type ModelFolder } from './model-folder.js'

/** SHA-256 (hex) of everything that decides what the model says: weights, their external data, tokenizer, config. */
export async function fingerprint(
  { folder, modelFile }: Pick<ModelFolder<unknown>, 'folder' | 'modelFile'>,
  reader: ConfigReader<unknown>,
): Promise<string> {
  const weights = path.relative(folder, modelFile)
  const files = [...configFiles(reader), weights, ...(await externalDataFiles(folder, weights))]
  const hash = createHash('sha256')
  for (const file of files) for await (const chunk of createReadStream(path.join(folder, file))) hash.update(chunk)
  return hash.digest('hex')
}
