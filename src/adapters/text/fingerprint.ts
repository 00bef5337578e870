import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { readdir } from 'node:fs/promises'
import path from 'node:path'
import { type ConfigReader, configFiles, type ModelFolder } from './model-folder.js'

/** SHA-256 (hex) of everything that decides what the model says: weights, their external data, tokenizer, config. */
export async function fingerprint(
  { folder, modelFile }: Pick<ModelFolder<unknown>, 'folder' | 'modelFile'>,
  reader: ConfigReader<unknown>,
): Promise<string> {
  const weights = path.relative(folder, modelFile)
  const beside = await readdir(path.dirname(modelFile))
  const data = beside.filter((name) => name.startsWith(`${path.basename(modelFile)}_data`)).sort()
  const files = [...configFiles(reader), weights, ...data.map((name) => path.join(path.dirname(weights), name))]
  const hash = createHash('sha256')
  for (const file of files) for await (const chunk of createReadStream(path.join(folder, file))) hash.update(chunk)
  return hash.digest('hex')
}
