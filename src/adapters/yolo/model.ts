import { classifierPicture } from '../../inference/pictures/classifier-picture.js'
import { loadSharp } from '../../inference/pictures/decode.js'
import { inTurns } from '../../inference/pictures/in-turns.js'
import { type Placement, place, placeClassic, type Size, smallestInput } from '../../inference/pictures/letterbox.js'
import type { PictureLayout, PlacedPicture } from '../../inference/pictures/picture-tensor.js'
import type { Pixels } from '../../inference/pictures/pixels.js'
import { resizeBilinear } from '../../inference/pictures/resize-bilinear.js'
import { createSpareMemory } from '../../inference/pictures/spare-memory.js'
import type { Session, Tensor, TensorInfo } from '../../inference/session.js'
import type { Finding } from '../../results/findings.js'
import { type Finder, findInFrames, findInPictures } from '../detection/find-in-pictures.js'
import { openModel, readModelMetadata } from '../detection/model-source.js'
import type { PictureModel } from '../detection/picture-model.js'
import { batchOf, encodedPictures } from '../detection/session-options.js'
import type { FrameModel } from '../detection/video/look-at-frames.js'
import { checkHead } from './heads/check-head.js'
import { isQuery } from './heads/head-forms.js'
import { readModelCard } from './model-card.js'
import type { ParsedYoloOptions, WeightsOptions } from './options.js'
import { recogniseFile, recogniseRun, type YoloFile, type YoloLayout } from './recognise.js'
import { readFindings } from './tasks/read-findings.js'

/** A YOLO model in memory. */
export interface YoloModel extends FrameModel {
  readonly layout: YoloLayout
  /** Where it runs, and where it could not. */
  readonly session: Session
  /**
   * Finds in encoded pictures. An Error stands for a picture that could not be read.
   *
   * @param floors for each picture a score for each class; what is not above is dropped
   */
  find(
    pictures: readonly { readonly bytes: Uint8Array }[],
    floors: readonly Float32Array[],
    signal?: AbortSignal,
  ): Promise<(Finding[] | Error)[]>
  dispose(): Promise<void>
}

/** Opens a model, runs it once on an empty picture (which warms it up and shows the true shapes) and recognises it. */
export async function loadYoloModel(options: WeightsOptions): Promise<YoloModel> {
  const metadata = await readModelMetadata(options.model)
  const session = await openModel(options)
  try {
    const file = recogniseFile(metadata, readModelCard(metadata), options)
    const outputs = await warmUp(session, file)
    const layout = recogniseRun(file, { inputs: metadata.inputs, outputs: shapesOf(outputs) }, options)
    if (options.head === undefined) checkHead(layout, outputs)
    return yoloModel(session, layout, { ...options, sharp: await loadSharp(options.sharp) })
  } catch (error) {
    await session.dispose()
    throw error
  }
}

function yoloModel(session: Session, layout: YoloLayout, options: ParsedYoloOptions): YoloModel {
  const { iouThreshold, maxDetections, agnosticNms: agnostic, multiLabel } = options
  const suppression = { iouThreshold, maxDetections, agnostic, multiLabel }
  const pictureModel: PictureModel = {
    session,
    input: layout.input.name,
    layout: pictureLayout(layout),
    memory: createSpareMemory(),
    batch: batchOf(layout.batch, session.provider, options.batchSize),
    outputs: [layout.boxes.name, ...(layout.prototypes === undefined ? [] : [layout.prototypes])],
    prepare: (pixels) => prepare(layout, pixels),
  }
  const finder: Finder<Finding> = {
    model: pictureModel,
    // A class is said of the whole picture.
    slices: layout.task === 'classify' ? undefined : options.slices,
    merging: suppression,
    read: (output, floors) => readFindings({ layout, output, suppression, floors }),
  }
  return {
    layout,
    session,
    names: layout.names,
    batch: pictureModel.batch.size,
    findInFrames: (frames, floors, signal) => findInFrames(finder, frames, floors, signal),
    find: (pictures, floors, signal) => findInPictures(finder, encodedPictures(pictures, options), floors, signal),
    dispose: () => session.dispose(),
  }
}

function pictureLayout({ input, channels, head }: YoloLayout): PictureLayout {
  const yolox = head === 'yolox'
  return {
    type: input.type,
    axes: 'nchw',
    colour: channels === 1 ? 'grey' : yolox ? 'bgr' : 'rgb',
    scale: yolox ? 1 : 1 / 255,
    mean: [0, 0, 0],
    std: [1, 1, 1],
    padding: 114,
  }
}

/** Brings a picture to the size of the input, as the training code of each head does. */
function prepare(layout: YoloLayout, pixels: Pixels): PlacedPicture | Promise<PlacedPicture> {
  if (layout.task === 'classify') return inTurns(classifierPicture(pixels, layout.size))
  const placement = placeFor(layout, pixels)
  return { placement, pixels: resizeBilinear(pixels, placement.inner.width, placement.inner.height) }
}

function placeFor({ head, size, free, stride }: YoloLayout, picture: Size): Placement {
  if (head === 'yolox') return place(picture, size, 'letterbox-corner')
  if (isQuery(head)) return place(picture, size, 'stretch')
  const smallest = smallestInput(picture, size, stride)
  const input = {
    width: free.width ? smallest.width : size.width,
    height: free.height ? smallest.height : size.height,
  }
  return head === 'objectness' || head === 'batch-rows'
    ? placeClassic(picture, input)
    : place(picture, input, 'letterbox')
}

function warmUp(
  session: Session,
  { input, channels, size, batch = 1 }: YoloFile,
): Promise<Readonly<Record<string, Tensor>>> {
  const dims = [batch, channels, size.height, size.width]
  const length = batch * channels * size.height * size.width
  const empty: Tensor =
    input.type === 'float16'
      ? { type: 'float16', dims, data: new Uint16Array(length) }
      : { type: 'float32', dims, data: new Float32Array(length) }
  return session.run({ [input.name]: empty })
}

function shapesOf(outputs: Readonly<Record<string, Tensor>>): TensorInfo[] {
  return Object.entries(outputs).map(([name, { type, dims: shape }]) => ({ name, type, shape }))
}
