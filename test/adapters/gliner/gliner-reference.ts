import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { GLINER_CONFIG } from '../../../src/adapters/gliner/config.js'
import { type Extractor, loadExtractor } from '../../../src/adapters/gliner/extractor.js'
import { readModelFolder } from '../../../src/adapters/text/model-folder.js'

/** Folders of the models: one that scores spans, one that scores tokens. */
export const GLINER_SPAN = 'test/fixtures/gliner/span'
export const GLINER_TOKEN = 'test/fixtures/gliner/token'

const entities = z.array(z.object({ start: z.number(), end: z.number(), label: z.string(), score: z.number() }))

const referenceFile = z.object({
  texts: z.array(z.string()),
  settings: z.array(
    z.object({
      labels: z.array(z.string()),
      threshold: z.number(),
      flat_ner: z.boolean(),
      multi_label: z.boolean(),
      entities: z.array(entities),
    }),
  ),
  long: z.object({ text: z.string(), first: z.number(), entities, lines: z.array(entities) }),
})

/** What the Python package finds with the model of a folder. */
export function glinerReference(folder: string): z.infer<typeof referenceFile> {
  return referenceFile.parse(JSON.parse(readFileSync(`${folder}/reference.json`, 'utf8')))
}

export async function loadGliner(folder: string, microBatch = 1, overlap?: number): Promise<Extractor> {
  const files = await readModelFolder(folder, GLINER_CONFIG)
  return loadExtractor(files, { owner: 'test', threads: 1, microBatch, microBatchTokens: 8192, overlap })
}
