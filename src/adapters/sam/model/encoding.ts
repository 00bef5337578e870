import { decodePicture, loadSharp } from '../../../inference/pictures/decode.js'
import { inTurns } from '../../../inference/pictures/in-turns.js'
import type { Pixels } from '../../../inference/pictures/pixels.js'
import type { Session, Tensor } from '../../../inference/session.js'
import { matchEmbeddings } from './match-embeddings.js'
import type { ModelPlan } from './model-plan.js'
import type { ParsedSamModelOptions } from './options.js'
import { pictureInput } from './picture-input.js'
import type { Embedding, SamModel } from './sam-model.js'

/** The encoder's half of a model. */
export interface Encoding extends Pick<SamModel, 'encode'> {
  /** What the decoder gets that is the same for every picture; no embedding holds it. */
  readonly constants: Readonly<Record<string, Tensor>>
  /** The embedding of an empty picture. */
  readonly empty: Embedding
}

/** The positions of the embedding's cells, which optimum's encoders give with each picture. */
const CONSTANT = 'image_positional_embeddings'

/**
 * Runs an encoder once, on an empty picture, to see what it gives.
 *
 * @throws PrelabelError `sam-model-mismatch`
 */
export async function openEncoding(
  plan: ModelPlan,
  session: Session,
  options: ParsedSamModelOptions,
): Promise<Encoding> {
  const { maxPixels } = options
  const decoding = { lib: await loadSharp(options.sharp), ...(maxPixels === undefined ? {} : { maxPixels }) }
  const { width, height } = plan.picture.size
  const blank: Pixels = { width, height, data: new Uint8Array(width * height * 3) }
  const run = async (pixels: Pixels) => {
    const input = await inTurns(pictureInput(pixels, plan.picture, plan.encoder))
    return session.run({ [plan.encoder.input]: input }, undefined, { consume: true })
  }
  const outputs = await run(blank)
  const names = matchEmbeddings(plan.decoder.embeddings, outputs)
  const constant = outputs[names.get(CONSTANT) ?? '']
  const embedding = (pixels: Pixels, given: Readonly<Record<string, Tensor>>) => toEmbedding(pixels, given, names)
  return {
    constants: constant === undefined ? {} : { [CONSTANT]: constant },
    empty: embedding(blank, outputs),
    async encode({ bytes }, signal) {
      signal?.throwIfAborted()
      const pixels = await decodePicture(bytes, decoding)
      signal?.throwIfAborted()
      return embedding(pixels, await run(pixels))
    },
  }
}

function toEmbedding(
  { width, height }: Pixels,
  outputs: Readonly<Record<string, Tensor>>,
  names: ReadonlyMap<string, string>,
): Embedding {
  const tensors: Record<string, Tensor> = {}
  let bytes = 0
  for (const [input, output] of names) {
    const tensor = outputs[output]
    if (tensor === undefined || input === CONSTANT) continue
    tensors[input] = tensor
    bytes += tensor.data.byteLength
  }
  return { width, height, tensors, bytes }
}
