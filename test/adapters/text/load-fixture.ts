import { readModelFolder, TRANSFORMERS_CONFIG } from '../../../src/adapters/text/model-folder.js'
import { loadTextModel, type TextModel } from '../../../src/adapters/text/text-model.js'

/** A fixture's model, each sequence run by itself unless told otherwise. */
export async function loadFixture(
  folder: string,
  microBatch = 1,
  classifies: 'tokens' | 'sequences' = 'tokens',
): Promise<TextModel> {
  return loadTextModel(await readModelFolder(folder, TRANSFORMERS_CONFIG), {
    owner: 'test',
    classifies,
    threads: 1,
    microBatch,
    microBatchTokens: 8192,
  })
}
