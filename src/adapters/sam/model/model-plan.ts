import { createHash } from 'node:crypto'
import { PrelabelError } from '../../../errors.js'
import type { TensorInfo } from '../../../inference/session.js'
import { readModelFacts } from '../../detection/model-source.js'
import type { ParsedSource } from '../../detection/shared-options.js'
import { type DecoderLayout, readDecoderLayout } from './decoder-layout.js'
import { describeModel } from './describe-model.js'
import { type EncoderLayout, readEncoderLayout } from './encoder-layout.js'
import { findFiles, type ModelFiles } from './find-files.js'
import type { ParsedSamModelOptions } from './options.js'
import { type PicturePlan, planPicture } from './picture-plan.js'
import { readPreprocessorConfig } from './preprocessor-config.js'
import type { SamLayout } from './sam-model.js'

/** A model as its files describe it. */
export interface ModelPlan {
  readonly files: ModelFiles
  readonly layout: SamLayout
  readonly encoder: EncoderLayout
  readonly decoder: DecoderLayout
  readonly boxDecoder?: DecoderLayout
  readonly picture: PicturePlan
  /** SHA-256 (hex) of everything that decides what the model says. */
  readonly fingerprint: string
}

/**
 * Finds a model's files and reads what goes in and comes out of each, without running them.
 *
 * @throws PrelabelError `sam-model-unknown`, `sam-model-incomplete`, `sam-folder-not-found`, `sam-preprocessor-invalid`,
 *   `model-not-found`, `invalid-model`
 */
export async function planModel(options: ParsedSamModelOptions): Promise<ModelPlan> {
  const files = await findFiles(options.model)
  const encoder = await readFacts(files.encoder, 'an encoder', readEncoderLayout)
  const decoder = await readFacts(files.decoder, 'a decoder of points', pointDecoder)
  const boxes =
    files.boxDecoder === undefined
      ? undefined
      : await readFacts(files.boxDecoder, 'a decoder of boxes', readDecoderLayout)
  const layout = layoutOf(decoder.layout)
  const config = files.folder === undefined ? undefined : await readPreprocessorConfig(files.folder)
  const picture = planPicture(encoder.layout, layout, config, options.picture)
  const hash = createHash('sha256').update(JSON.stringify(picture))
  for (const facts of [encoder, decoder, boxes]) if (facts !== undefined) hash.update(facts.fingerprint)
  return {
    files,
    layout,
    encoder: encoder.layout,
    decoder: decoder.layout,
    ...(boxes === undefined ? {} : { boxDecoder: boxes.layout }),
    picture,
    fingerprint: hash.digest('hex'),
  }
}

type ReadLayout<L> = (inputs: readonly TensorInfo[], outputs: readonly TensorInfo[]) => L | undefined

async function readFacts<L>(source: ParsedSource, what: string, read: ReadLayout<L>) {
  const { metadata, fingerprint } = await readModelFacts(source)
  const layout = read(metadata.inputs, metadata.outputs)
  if (layout !== undefined) return { layout, fingerprint }
  throw new PrelabelError(`This is not ${what} of a Segment Anything model that is known: ${describeModel(metadata)}`, {
    code: 'sam-model-unknown',
    ...(typeof source === 'string' ? { path: source } : {}),
    hint: 'Known are the exports of optimum and transformers.js, of segment-anything and its like, and of SAM 2.',
  })
}

const pointDecoder: ReadLayout<DecoderLayout> = (inputs, outputs) => {
  const layout = readDecoderLayout(inputs, outputs)
  return layout?.points === undefined ? undefined : layout
}

/** SAM 2 shows by the features of higher resolution that its decoder takes beside the embedding. */
function layoutOf({ style, embeddings }: DecoderLayout): SamLayout {
  const maps = embeddings.filter(({ name, shape }) => shape.length === 4 && !name.includes('positional'))
  if (maps.length > 1) return 'sam2'
  return style === 'meta' ? 'sam-meta' : 'sam'
}
