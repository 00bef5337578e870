import type { Size } from '../../inference/pictures/letterbox.js'
import { type Keypoints, keypointsMissing } from './keypoints.js'
import type { ModelCard } from './model-card.js'
import type { YoloHead, YoloTask } from './options.js'
import { isOpen, type RecognisedHead, recogniseHead } from './recognise-head.js'
import { type Shapes, unknownModel } from './unknown-model.js'

/** What is known before one looks at the outputs. */
export interface Known {
  readonly task: YoloTask
  readonly size: Size
  readonly card: ModelCard
  readonly head: YoloHead | undefined
  /** The number of class names, when there are any. */
  readonly classes: number | undefined
  readonly keypoints?: Keypoints
}

/** How the outputs of a model are read. */
export interface YoloOutputs {
  readonly head: YoloHead
  /** The output with a box in each row. */
  readonly boxes: { readonly name: string; readonly channelsFirst: boolean }
  /** The output with mask prototypes, `[batch, coefficients, height, width]`. */
  readonly prototypes?: string
  /** Values of a row besides box, score and classes: mask coefficients, key points or the angle. */
  readonly extra: number
}

/** The same, and how many classes there are, where the shapes tell. */
export interface RecognisedOutputs extends YoloOutputs {
  readonly classes: number | undefined
}

/**
 * @returns undefined where sides that a file leaves open would tell
 * @throws PrelabelError `yolo-unknown-model`, `yolo-keypoints-missing`
 */
export function recogniseOutputs(shapes: Shapes, known: Known): RecognisedOutputs | undefined {
  if (known.task === 'classify') return ofClassifier(shapes)
  if (known.head === 'batch-rows') return ofBatchRows(shapes)
  const { task, keypoints } = known
  const prototypes = shapes.outputs.find(({ shape }) => shape.length === 4)
  if (task === 'segment' && prototypes === undefined)
    throw unknownModel('a segmenter has an output of shape [batch, coefficients, height, width]', shapes)
  const boxes = shapes.outputs.find(({ shape }) => shape.length === 3)
  if (boxes === undefined) throw unknownModel('a detector has an output of shape [batch, …, …]', shapes)
  const coefficients = task === 'segment' ? prototypes?.shape[1] : 0
  const extra = { detect: 0, segment: coefficients, pose: (keypoints?.count ?? 0) * (keypoints?.values ?? 0), obb: 1 }[
    task
  ]
  if (extra === undefined) return undefined
  const found = recogniseHead({ ...known, shape: boxes.shape, extra })
  const fits = hasClasses(found, known.classes)
  if (!fits && isOpen(boxes.shape)) return undefined
  if (!fits && keypoints?.assumed === true) throw keypointsMissing(keypoints, shapes)
  if (found === undefined) throw unknownModel(`no ${task} head has such an output`, shapes)
  return {
    head: found.head,
    classes: found.classes,
    boxes: { name: boxes.name, channelsFirst: found.channelsFirst },
    ...(task === 'segment' && prototypes !== undefined ? { prototypes: prototypes.name } : {}),
    extra,
  }
}

/** Whether there are as many classes as names, as far as both are known. */
function hasClasses(found: RecognisedHead | undefined, classes: number | undefined): boolean {
  return found !== undefined && (found.classes === undefined || classes === undefined || found.classes === classes)
}

function ofClassifier(shapes: Shapes): RecognisedOutputs {
  const output = shapes.outputs.find(({ shape }) => shape.length === 2)
  if (output === undefined) throw unknownModel('a classifier has an output of shape [batch, classes]', shapes)
  const [, classes] = output.shape
  return { head: 'anchor-free', classes, boxes: { name: output.name, channelsFirst: false }, extra: 0 }
}

function ofBatchRows(shapes: Shapes): RecognisedOutputs {
  const [output] = shapes.outputs
  if (output?.shape.length !== 2) throw unknownModel('a list for the whole batch has the shape [boxes, 7]', shapes)
  const boxes = { name: output.name, channelsFirst: false }
  return { head: 'batch-rows', classes: undefined, boxes, extra: 0 }
}
