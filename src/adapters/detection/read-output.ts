import type { Placement } from '../../inference/pictures/letterbox.js'
import { sigmoid, softmax } from '../text/probabilities.js'
import type { Candidate } from './candidate.js'
import { cell, type Grid } from './grid.js'
import type { ParsedDetectionOptions } from './options.js'
import { boxTable, columnsBeside, rowTable } from './output-tables.js'
import type { PictureOutput } from './picture-model.js'
import { unfitModel } from './unfit-model.js'

type OutputOptions = ParsedDetectionOptions['output']

/**
 * The boxes of one picture whose score is above the floor of their class, in pixels of the input.
 *
 * @throws PrelabelError `detection-output-missing`, `detection-unfit-model` where the output is not as described
 */
export function readOutput(output: PictureOutput, options: OutputOptions, floors: Float32Array): Candidate[] {
  const { boxes, firstColumn, classesOf } = readerOf(output, options, floors.length)
  const candidates: Candidate[] = []
  for (let row = 0; row < boxes.rows; row++) {
    for (const { classIndex, score } of classesOf(row)) {
      if (!(score > (floors[classIndex] ?? 1))) continue
      const values = [0, 1, 2, 3].map((side) => cell(boxes, row, firstColumn + side))
      candidates.push({ ...corners(values, options, output.placement), score, classIndex, row })
    }
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
  /** What may be in a box: one class, or several where it may have several. */
  classesOf(row: number): readonly ScoredClass[]
}

function readerOf(output: PictureOutput, options: OutputOptions, classCount: number): Reader {
  switch (options.kind) {
    case 'rows': {
      const { box, score, class: classColumn, firstClass } = options
      const name = options.name ?? Object.keys(output.outputs)[0] ?? ''
      const columns = Math.max(box + 4, score + 1, classColumn + 1)
      const grid = rowTable(output, name, columns, options.channelsFirst)
      const classesOf = (row: number) => [
        scoredClass(name, cell(grid, row, classColumn) - firstClass, cell(grid, row, score)),
      ]
      return { boxes: grid, firstColumn: box, classesOf }
    }
    case 'scores': {
      const boxes = boxTable(output, options.boxes)
      const offset = options.background === 'first' ? 1 : 0
      const columns = classCount + (options.background === 'none' ? 0 : 1)
      const hint = `There are ${classCount} names and \`background: ${options.background}\`: give a name for each class, and tell whether a column means nothing.`
      const scores = columnsBeside(output, options.scores, boxes, columns, hint)
      const classesOf = (row: number) => {
        const values = Array.from({ length: columns }, (_, column) => cell(scores, row, column))
        const likely = activate(values, options.activation).slice(offset, offset + classCount)
        return options.multiLabel ? likely.map((score, classIndex) => ({ classIndex, score })) : [bestOf(likely)]
      }
      return { boxes: boxes.grid, firstColumn: 0, classesOf }
    }
    case 'classes': {
      const boxes = boxTable(output, options.boxes)
      const hint =
        'Check which output holds scores and which class indices; `scores` is the kind for a score of each class.'
      const scores = columnsBeside(output, options.scores, boxes, 1, hint)
      const classes = columnsBeside(output, options.classes, boxes, 1, hint)
      const classesOf = (row: number) => [
        scoredClass(options.classes, cell(classes, row, 0) - options.firstClass, cell(scores, row, 0)),
      ]
      return { boxes: boxes.grid, firstColumn: 0, classesOf }
    }
  }
}

/** A class index that is a fraction is something else. */
function scoredClass(name: string, index: number, score: number): ScoredClass {
  const classIndex = Math.round(index)
  if (score > 0 && !(Math.abs(index - classIndex) < 0.01))
    throw unfitModel(
      `The output ${name} holds ${index} where class indices are to be`,
      'detection.output',
      'Check which column or output holds the class indices, and whether columns or rows come first.',
    )
  return { classIndex, score }
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
