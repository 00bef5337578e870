import { createSlots } from '../../media/slots.js'
import { openEmbeddingFiles } from './embeddings/embedding-files.js'
import { createEmbeddings, type Embeddings } from './embeddings/embeddings.js'
import { createRefinement, type Refinement } from './interactive/refinement.js'
import { type DecodeOptions, loadSamModel, type SamModel } from './model/index.js'
import type { SamSettings } from './options.js'

/** What the adapter has loaded. */
export interface SamRuntime {
  readonly model: SamModel
  readonly embeddings: Embeddings
  /** Absent where each answer is to depend on its clicks alone. */
  readonly refinement: Refinement | undefined
  readonly decoding: DecodeOptions
  /** Lists are worked off picture by picture: the masks of one may take hundreds of megabytes. */
  readonly inTurn: ReturnType<typeof createSlots>
  /** What the adapter that finds the boxes has loaded. */
  readonly boxes: unknown
  dispose(): Promise<void>
}

export async function loadSamRuntime(settings: SamSettings): Promise<SamRuntime> {
  const { cache, boxes: detector, refine, choice, minArea, minHoleArea } = settings
  const model = await loadSamModel(settings)
  const { files, boxes } = await loadRest(settings, model).catch(async (error: unknown) => {
    await model.dispose()
    throw error
  })
  const embeddings = createEmbeddings({
    encode: (picture) => model.encode(picture),
    maxBytes: cache.bytes,
    ...(files === undefined ? {} : { files }),
  })
  return {
    model,
    embeddings,
    refinement: refine ? createRefinement() : undefined,
    decoding: { choice, minArea, minHoleArea },
    inTurn: createSlots(1),
    boxes,
    async dispose() {
      await embeddings.dispose()
      await model.dispose()
      await detector?.dispose?.(boxes)
    },
  }
}

async function loadRest({ cache, boxes }: SamSettings, { fingerprint }: SamModel) {
  const { folder, folderBytes: maxBytes } = cache
  const files = folder === undefined ? undefined : await openEmbeddingFiles({ folder, maxBytes, fingerprint })
  return { files, boxes: await boxes?.load?.() }
}
