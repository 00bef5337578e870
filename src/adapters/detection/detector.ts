import { PrelabelError } from '../../errors.js'
import { loadSharp } from '../../inference/pictures/decode.js'
import { place, type Size } from '../../inference/pictures/letterbox.js'
import { type PictureLayout, type PlacedPicture, pictureTensor } from '../../inference/pictures/picture-tensor.js'
import { resizeBilinear } from '../../inference/pictures/resize-bilinear.js'
import { createSpareMemory } from '../../inference/pictures/spare-memory.js'
import type { Session, Tensor, TensorInfo } from '../../inference/session.js'
import type { Detection } from '../../results/findings.js'
import { type Finder, findInFrames, findInPictures } from './find-in-pictures.js'
import { openModel } from './model-source.js'
import type { ParsedDetectionOptions } from './options.js'
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
    await warmUp(finder)
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
  const { input: described } = options
  const input = session.inputs.find(({ shape }) => shape.length === 4)
  if (input === undefined) throw unfit('the model has no input of four dimensions', session.inputs)
  const { type } = input
  if (type !== 'float32' && type !== 'float16' && type !== 'uint8') throw unfit(`its input is ${type}`, session.inputs)
  const size = sizeOf(input, described)
  const layout: PictureLayout = { ...described, type }
  const { sizeInput } = described
  return {
    session,
    input: input.name,
    layout,
    memory: createSpareMemory(),
    batch: batchOf(input.shape[0], session.provider, options.batchSize),
    prepare: (pixels) => {
      const placement = place(pixels, size, described.resize)
      return { placement, pixels: resizeBilinear(pixels, placement.inner.width, placement.inner.height) }
    },
    ...(sizeInput === undefined
      ? {}
      : { otherFeeds: (pictures) => ({ [sizeInput.name]: sizes(pictures, sizeInput.order) }) }),
  }
}

function sizeOf({ shape }: TensorInfo, { axes, size }: ParsedDetectionOptions['input']): Size {
  const [height, width] = axes === 'nchw' ? shape.slice(2) : shape.slice(1, 3)
  const [givenHeight, givenWidth] = typeof size === 'number' ? [size, size] : (size ?? [])
  const chosen = { height: height ?? givenHeight, width: width ?? givenWidth }
  if (chosen.height !== undefined && chosen.width !== undefined) return { height: chosen.height, width: chosen.width }
  throw new PrelabelError('The model takes pictures of any size, so one has to be chosen', {
    code: 'detection-size-missing',
    path: 'detection.input.size',
    hint: 'Give the size that it was trained for as `input.size`.',
  })
}

/** The input's own size for every picture, so that boxes come in its pixels. */
function sizes(pictures: readonly PlacedPicture[], order: 'width-height' | 'height-width'): Tensor {
  const values = pictures.flatMap(({ placement: { width, height } }) =>
    order === 'width-height' ? [width, height] : [height, width],
  )
  return { type: 'int64', dims: [pictures.length, 2], data: BigInt64Array.from(values, BigInt) }
}

async function warmUp({ model, read }: Finder<Detection>) {
  const placed = await model.prepare({ width: 1, height: 1, data: new Uint8Array(3) })
  const pictures = Array.from({ length: model.batch.exactly ? model.batch.size : 1 }, () => placed)
  const feeds = { ...model.otherFeeds?.(pictures), [model.input]: pictureTensor(pictures, model.layout) }
  const outputs = await model.session.run(feeds, model.outputs)
  await read({ outputs, index: 0, placement: placed.placement, picture: { width: 1, height: 1 } }, new Float32Array())
}

function unfit(reason: string, inputs: readonly TensorInfo[]): PrelabelError {
  const seen = inputs.map(({ name, type, shape }) => `${name} ${type}[${shape.map((side) => side ?? '?').join(', ')}]`)
  return new PrelabelError(`The model takes no pictures: ${reason}; seen: ${seen.join(', ')}`, {
    code: 'detection-unfit-model',
    hint: 'Pictures go into a float32, float16 or uint8 input of shape [batch, 3, height, width] or [batch, height, width, 3].',
  })
}
