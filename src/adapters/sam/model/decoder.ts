import { PrelabelError } from '../../../errors.js'
import type { Session, Tensor } from '../../../inference/session.js'
import type { Frame } from '../prompting/frame.js'
import { packMeta } from '../prompting/pack-meta.js'
import { packTransformers } from '../prompting/pack-transformers.js'
import { type Offer, readMasks } from '../prompting/read-masks.js'
import type { DecoderLayout } from './decoder-layout.js'
import type { SamPrompt } from './sam-model.js'
import { asTypeOf } from './tensors.js'

/** A decoder in memory. */
export interface Decoder {
  readonly layout: DecoderLayout
  readonly session: Session
}

/** Asks a decoder for some prompts at once; several only for decoders in whose export they have a dimension. */
export async function askDecoder(
  { layout, session }: Decoder,
  tensors: Readonly<Record<string, Tensor>>,
  prompts: readonly SamPrompt[],
  frame: Frame,
): Promise<Offer[][]> {
  const [prompt] = prompts
  if (prompt === undefined) return []
  const embeddings = embeddingFeeds(layout, tensors)
  const asked =
    layout.style === 'meta'
      ? packMeta(layout, prompt, frame, gridOf(embeddings))
      : packTransformers(layout, prompts, frame)
  const outputs = await session.run({ ...embeddings, ...asked }, [layout.scores, layout.masks])
  return readMasks(outputs, layout, prompts.length)
}

function embeddingFeeds(layout: DecoderLayout, tensors: Readonly<Record<string, Tensor>>): Record<string, Tensor> {
  return Object.fromEntries(
    layout.embeddings.map((input) => {
      const tensor = tensors[input.name]
      if (tensor === undefined)
        throw new PrelabelError(`The embedding has no ${input.name}: another model made it`, {
          code: 'sam-embedding-unfit',
          hint: 'Keep embeddings under the fingerprint of their model.',
        })
      return [input.name, asTypeOf(input, tensor)]
    }),
  )
}

/** Cells of the embedding that the masks are made from: the coarsest, where there are several. */
function gridOf(tensors: Readonly<Record<string, Tensor>>): { width: number; height: number } {
  const sides = Object.values(tensors)
    .filter(({ dims }) => dims.length === 4)
    .map(({ dims: [, , height = 0, width = 0] }) => ({ width, height }))
  return sides.reduce((least, side) => (side.width < least.width ? side : least), sides[0] ?? { width: 0, height: 0 })
}
