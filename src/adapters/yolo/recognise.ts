import { PrelabelError } from '../../errors.js'
import type { Size } from '../../inference/pictures/letterbox.js'
import type { TensorInfo } from '../../inference/session.js'
import type { ModelCard } from './model-card.js'
import type { ParsedYoloOptions, YoloHead, YoloTask } from './options.js'
import { recogniseHead } from './recognise-head.js'

/** The inputs and outputs of a model as its file declares them; outputs may be replaced by what a run gave. */
export interface Shapes {
  readonly inputs: readonly TensorInfo[]
  readonly outputs: readonly TensorInfo[]
}

/** Everything needed to put a picture before a model and to read its answer. */
export interface YoloLayout {
  readonly task: YoloTask
  readonly head: YoloHead
  readonly names: readonly string[]
  readonly input: { readonly name: string; readonly type: 'float32' | 'float16' }
  /** Size of the input: fixed, or the largest that a picture is scaled to. */
  readonly size: Size
  /** The input takes any multiple of `stride` up to `size`. */
  readonly freeSize: boolean
  readonly stride: number
  /** The fixed batch, if it is fixed. */
  readonly batch?: number
  /** The output with a box in each row. */
  readonly boxes: { readonly name: string; readonly channelsFirst: boolean }
  /** The output with mask prototypes, `[batch, coefficients, height, width]`. */
  readonly prototypes?: string
  readonly keypoints?: { readonly count: number; readonly values: number; readonly names?: readonly string[] }
  /** Values of a row besides box, score and classes: mask coefficients, key points or the angle. */
  readonly extra: number
}

const DEFAULT_SIZE = 640
const DEFAULT_STRIDE = 32

/**
 * Finds out from a file's metadata and shapes, and from options, what model it is.
 *
 * @throws PrelabelError `yolo-unknown-model`, `yolo-class-names-missing`, `yolo-class-count`
 */
export function recognise(shapes: Shapes, card: ModelCard, options: ParsedYoloOptions): YoloLayout {
  const { input, size, freeSize, batch } = recogniseInput(shapes, card, options)
  const task = options.task ?? card.task ?? guessTask(shapes)
  const common = {
    task,
    input,
    size,
    freeSize,
    stride: card.stride ?? DEFAULT_STRIDE,
    ...(batch === undefined ? {} : { batch }),
  }
  const named = options.names === undefined ? card.names : namesByIndex(options.names)
  if (task === 'classify') {
    const output = shapes.outputs.find(({ shape }) => shape.length === 2)
    if (output === undefined) throw unknownModel('a classifier has an output of shape [batch, classes]', shapes)
    const names = checkNames(named, output.shape[1])
    return { ...common, head: 'anchor-free', names, boxes: { name: output.name, channelsFirst: false }, extra: 0 }
  }
  const prototypes = shapes.outputs.find(({ shape }) => shape.length === 4)
  if (task === 'segment' && prototypes === undefined)
    throw unknownModel('a segmenter has an output of shape [batch, coefficients, height, width]', shapes)
  const boxes = shapes.outputs.find(({ shape }) => shape.length === 3)
  if (boxes === undefined) throw unknownModel('a detector has an output of shape [batch, …, …]', shapes)
  const [points, values] = task === 'pose' ? (card.keypointShape ?? [17, 3]) : [0, 0]
  const extra = { detect: 0, segment: prototypes?.shape[1] ?? 32, pose: points * values, obb: 1, classify: 0 }[task]
  const found = recogniseHead({ shape: boxes.shape, size, extra, card, head: options.head, classes: named?.length })
  if (found === undefined) throw unknownModel(`no ${task} head has such an output`, shapes)
  return {
    ...common,
    head: found.head,
    names: checkNames(named, found.classes),
    boxes: { name: boxes.name, channelsFirst: found.channelsFirst },
    ...(task === 'segment' && prototypes !== undefined ? { prototypes: prototypes.name } : {}),
    ...(task === 'pose' ? { keypoints: keypoints(points, values, card) } : {}),
    extra,
  }
}

function recogniseInput(shapes: Shapes, card: ModelCard, options: ParsedYoloOptions) {
  const input = shapes.inputs[0]
  if (input === undefined || shapes.inputs.length > 1 || input.shape.length !== 4)
    throw unknownModel('expected one input of shape [batch, 3, height, width]', shapes)
  if (input.type !== 'float32' && input.type !== 'float16')
    throw unknownModel(`expected an input of float32 or float16`, shapes)
  const [batch, channels, height, width] = input.shape
  if (channels !== undefined && channels !== 3) throw unknownModel(`expected 3 channels, not ${channels}`, shapes)
  const [wantedHeight, wantedWidth] = sides(options.imageSize) ?? card.imageSize ?? [DEFAULT_SIZE, DEFAULT_SIZE]
  return {
    input: { name: input.name, type: input.type } as const,
    size: { width: width ?? wantedWidth, height: height ?? wantedHeight },
    freeSize: width === undefined || height === undefined,
    batch,
  }
}

function sides(size: ParsedYoloOptions['imageSize']): readonly [number, number] | undefined {
  return typeof size === 'number' ? [size, size] : size
}

function guessTask({ outputs }: Shapes): YoloTask {
  const ranks = outputs.map(({ shape }) => shape.length)
  if (ranks.length === 1 && ranks[0] === 2) return 'classify'
  return ranks.length === 2 && ranks.includes(3) && ranks.includes(4) ? 'segment' : 'detect'
}

function keypoints(count: number, values: number, card: ModelCard): NonNullable<YoloLayout['keypoints']> {
  const names = card.keypointNames
  return { count, values, ...(names?.length === count ? { names } : {}) }
}

function namesByIndex(names: NonNullable<ParsedYoloOptions['names']>): readonly string[] {
  if (Array.isArray(names)) return names
  const count = Math.max(...Object.keys(names).map(Number)) + 1
  return Array.from({ length: count }, (_, index) => names[String(index)] ?? String(index))
}

function checkNames(names: readonly string[] | undefined, classes: number | undefined): readonly string[] {
  if (names === undefined)
    throw new PrelabelError(`The model has ${classes ?? 'some'} classes, but its file does not name them`, {
      code: 'yolo-class-names-missing',
      path: 'yolo.names',
      hint: 'Give the class names in their order as `names`.',
    })
  if (classes !== undefined && classes !== names.length)
    throw new PrelabelError(`The model has ${classes} classes, but ${names.length} names are given`, {
      code: 'yolo-class-count',
      path: 'yolo.names',
      hint: 'Give one name for each class in the order of training.',
    })
  return names
}

function unknownModel(reason: string, { inputs, outputs }: Shapes): PrelabelError {
  const show = ({ name, type, shape }: TensorInfo) => `${name} ${type}[${shape.map((side) => side ?? '?').join(', ')}]`
  const seen = `inputs ${inputs.map(show).join(', ')}; outputs ${outputs.map(show).join(', ')}`
  return new PrelabelError(`This is not a YOLO model: ${reason}; seen: ${seen}`, {
    code: 'yolo-unknown-model',
    hint: 'Give `task`, `head` and `names`, or use `prelabel/detection` and describe the model there.',
  })
}
