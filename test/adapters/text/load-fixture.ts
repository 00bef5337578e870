import { readModelFolder } from '../../../src/adapters/text/model-folder.js'
import { loadTextModel, type TextModel } from '../../../src/adapters/text/text-model.js'

/** A fixture's model, each sequence run by itself unless told otherwise. */
export async function loadFixture(
  folder: string,
  microBatch = 1,
  classifies: 'tokens' | 'sequences' = 'tokens',
): Promise<TextModel> {
  return loadTextModel(await readModelFolder(folder), {
    owner: 'test',
    classifies,
    threads: 1,
    microBatch,
    microBatchTokens: 8192,
  })
}
