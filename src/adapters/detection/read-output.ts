import { PrelabelError } from '../../errors.js'
import type { Placement } from '../../inference/pictures/letterbox.js'
import type { Tensor } from '../../inference/session.js'
import { sigmoid, softmax } from '../text/probabilities.js'
import type { Candidate } from './candidate.js'
import { cell, floats, type Grid, gridOf } from './grid.js'
import type { ParsedDetectionOptions } from './options.js'
import type { PictureOutput } from './picture-model.js'

type OutputOptions = ParsedDetectionOptions['output']

/** The boxes of one picture whose score is above the floor of their class, in pixels of the input. */
export function readOutput(output: PictureOutput, options: OutputOptions, floors: Float32Array): Candidate[] {
  const { boxes, firstColumn, scoreOf } = readerOf(output, options, floors.length)
  const candidates: Candidate[] = []
  for (let row = 0; row < boxes.rows; row++) {
    const { classIndex, score } = scoreOf(row)
    if (!(score > (floors[classIndex] ?? 1))) continue
    const values = [0, 1, 2, 3].map((side) => cell(boxes, row, firstColumn + side))
    candidates.push({ ...corners(values, options, output.placement), score, classIndex, row })
  }
  return candidates
}

interface ScoredClass {
  readonly classIndex: number
  readonly score: number
}

interface Reader {
  readonly boxes: Grid
  readonly firstColumn: number
  scoreOf(row: number): ScoredClass
}

function readerOf(output: PictureOutput, options: OutputOptions, classCount: number): Reader {
  if (options.kind === 'rows') {
    const grid = tableNamed(output, options.name ?? Object.keys(output.outputs)[0] ?? '', options.channelsFirst)
    const scoreOf = (row: number) => ({
      classIndex: Math.round(cell(grid, row, options.class)) - options.firstClass,
      score: cell(grid, row, options.score),
    })
    return { boxes: grid, firstColumn: options.box, scoreOf }
  }
  const boxes = tableNamed(output, options.boxes)
  if (options.kind === 'scores') {
    const scores = tableNamed(output, options.scores)
    const offset = options.background === 'first' ? 1 : 0
    const columns = classCount + (options.background === 'none' ? 0 : 1)
    const scoreOf = (row: number) => {
      const values = Array.from({ length: columns }, (_, column) => cell(scores, row, column))
      return bestOf(activate(values, options.activation).slice(offset, offset + classCount))
    }
    return { boxes, firstColumn: 0, scoreOf }
  }
  const scores = listNamed(output, options.scores)
  const classes = listNamed(output, options.classes)
  const scoreOf = (row: number) => ({
    classIndex: Math.round(cell(classes, row, 0)) - options.firstClass,
    score: cell(scores, row, 0),
  })
  return { boxes, firstColumn: 0, scoreOf }
}

/** Several numbers in a row: `[batch, rows, columns]`, or `[rows, columns]` of a single picture. */
function tableNamed(output: PictureOutput, name: string, channelsFirst = false): Grid {
  const tensor = outputNamed(output, name)
  const dims = tensor.dims.length === 2 ? [1, ...tensor.dims] : tensor.dims
  return gridOf(numbersOf(name, tensor), dims, output.index, channelsFirst)
}

/** One number in a row: `[batch, rows]`, `[batch, rows, 1]`, or `[rows]` of a single picture. */
function listNamed(output: PictureOutput, name: string): Grid {
  const tensor = outputNamed(output, name)
  const [first = 0, second] = tensor.dims
  const dims = second === undefined ? [1, first, 1] : [first, second, 1]
  return gridOf(numbersOf(name, tensor), dims, output.index, false)
}

function outputNamed({ outputs }: PictureOutput, name: string): Tensor {
  const tensor = outputs[name]
  if (tensor !== undefined) return tensor
  throw new PrelabelError(`The model has no output ${name}, only ${Object.keys(outputs).join(', ')}`, {
    code: 'detection-output-missing',
    path: 'detection.output',
    hint: 'Name the outputs as the model does.',
  })
}

function numbersOf(name: string, tensor: Tensor): Float32Array {
  if (tensor.type === 'int64') return Float32Array.from(tensor.data, Number)
  if (tensor.type === 'int32') return Float32Array.from(tensor.data)
  return floats(name, tensor)
}

function activate(values: readonly number[], activation: 'none' | 'sigmoid' | 'softmax'): readonly number[] {
  if (activation === 'none') return values
  return activation === 'sigmoid' ? values.map(sigmoid) : softmax(values)
}

function bestOf(scores: readonly number[]): ScoredClass {
  let best: ScoredClass = { classIndex: 0, score: Number.NEGATIVE_INFINITY }
  for (const [classIndex, score] of scores.entries()) if (score > best.score) best = { classIndex, score }
  return best
}

function corners(values: readonly number[], { format, unit }: OutputOptions, { width, height }: Placement) {
  const [scaleX, scaleY] = unit === 'fraction' ? [width, height] : [1, 1]
  const [a = 0, b = 0, c = 0, d = 0] = values
  const [x1, y1, x2, y2] = {
    xyxy: [a, b, c, d],
    xywh: [a, b, a + c, b + d],
    cxcywh: [a - c / 2, b - d / 2, a + c / 2, b + d / 2],
    yxyx: [b, a, d, c],
  }[format]
  return { x1: (x1 ?? 0) * scaleX, y1: (y1 ?? 0) * scaleY, x2: (x2 ?? 0) * scaleX, y2: (y2 ?? 0) * scaleY }
}
