import { loadSharp } from '../../inference/pictures/decode.js'
import { place } from '../../inference/pictures/letterbox.js'
import { pictureTensor } from '../../inference/pictures/picture-tensor.js'
import { resizeBilinear } from '../../inference/pictures/resize-bilinear.js'
import { createSpareMemory } from '../../inference/pictures/spare-memory.js'
import type { Session } from '../../inference/session.js'
import type { Detection } from '../../results/findings.js'
import { type Finder, findInFrames, findInPictures } from './find-in-pictures.js'
import { furtherInputs } from './further-inputs.js'
import { openModel } from './model-source.js'
import type { ParsedDetectionOptions } from './options.js'
import { pictureInput } from './picture-input.js'
import type { PictureModel, PictureOutput } from './picture-model.js'
import { readOutput } from './read-output.js'
import { batchOf, encodedPictures } from './session-options.js'
import { best, suppress } from './suppress.js'
import { boxInPicture } from './to-picture.js'
import type { FrameModel } from './video/look-at-frames.js'

/** A described detector in memory. */
export interface Detector extends FrameModel {
  readonly session: Session
  /** @param floors for each picture a score for each class; what is not above is dropped */
  find(
    pictures: readonly { readonly bytes: Uint8Array }[],
    floors: readonly Float32Array[],
    signal?: AbortSignal,
  ): Promise<(Detection[] | Error)[]>
}

/** Opens a model and runs it once on an empty picture, which warms it up and shows whether the description fits. */
export async function loadDetector(options: ParsedDetectionOptions): Promise<Detector> {
  const session = await openModel(options)
  try {
    const model = pictureModel(session, options)
    const finder: Finder<Detection> = {
      model,
      slices: options.slices,
      merging: { agnostic: options.agnosticNms, maxDetections: options.maxDetections },
      read: (output, floors) => readDetections(output, options, floors),
    }
    await warmUp(finder, options.names.length)
    const decoding = { maxPixels: options.maxPixels, sharp: await loadSharp(options.sharp) }
    return {
      session,
      names: options.names,
      batch: model.batch.size,
      findInFrames: (frames, floors, signal) => findInFrames(finder, frames, floors, signal),
      find: (pictures, floors, signal) => findInPictures(finder, encodedPictures(pictures, decoding), floors, signal),
    }
  } catch (error) {
    await session.dispose()
    throw error
  }
}

function readDetections(output: PictureOutput, options: ParsedDetectionOptions, floors: Float32Array): Detection[] {
  const candidates = readOutput(output, options.output, floors)
  const { iouThreshold, maxDetections, agnosticNms: agnostic } = options
  const kept = options.suppress
    ? suppress(candidates, { iouThreshold, maxDetections, agnostic })
    : best(candidates).slice(0, maxDetections)
  return kept.flatMap((candidate): Detection[] => {
    const box = boxInPicture(candidate, output.placement, output.picture)
    const label = options.names[candidate.classIndex]
    if (box === undefined || label === undefined) return []
    return [{ kind: 'detection', label, score: Math.min(candidate.score, 1), box }]
  })
}

function pictureModel(session: Session, options: ParsedDetectionOptions): PictureModel {
  const { info, layout, size } = pictureInput(session.inputs, options.input)
  return {
    session,
    input: info.name,
    layout,
    memory: createSpareMemory(),
    batch: batchOf(info.shape[0], session.provider, options.batchSize),
    prepare: (pixels) => {
      const placement = place(pixels, size, options.input.resize)
      return { placement, pixels: resizeBilinear(pixels, placement.inner.width, placement.inner.height) }
    },
    ...furtherInputs(session.inputs, info, options.input),
  }
}

/** With no floor, so that every row is held against the description. */
async function warmUp({ model, read }: Finder<Detection>, classCount: number) {
  const placed = await model.prepare({ width: 1, height: 1, data: new Uint8Array(3) })
  const pictures = Array.from({ length: model.batch.exactly ? model.batch.size : 1 }, () => placed)
  const feeds = { ...model.otherFeeds?.(pictures), [model.input]: pictureTensor(pictures, model.layout) }
  const outputs = await model.session.run(feeds, model.outputs)
  const last = { outputs, index: pictures.length - 1, placement: placed.placement, picture: { width: 1, height: 1 } }
  await read(last, new Float32Array(classCount))
}
