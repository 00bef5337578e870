import { PrelabelError } from '../../errors.js'
import type { Tensor } from '../../inference/session.js'
import { floats, type Grid, gridOf } from './grid.js'
import type { PictureOutput } from './picture-model.js'
import { tensorText, unfitModel } from './unfit-model.js'

/** What an output says of one picture, and of how many pictures it speaks. */
export interface Table {
  readonly batch: number
  readonly grid: Grid
}

/**
 * Boxes, four numbers in a row: `[batch, rows, 4]`, the same across, or `[rows, 4]` of a single picture.
 *
 * @throws PrelabelError `detection-output-missing`, `detection-unfit-model`
 */
export function boxTable(output: PictureOutput, name: string): Table {
  const [, middle, last] = threeSides(output, name)
  if (last === 4) return table(output, name, false)
  if (middle === 4) return table(output, name, true)
  throw unfitOutput(output, name, 'no boxes of four numbers', 'Check which output holds the boxes.')
}

/**
 * Rows of at least so many columns: `[batch, rows, columns]`, with `channelsFirst` `[batch, columns, rows]`.
 *
 * @throws PrelabelError `detection-output-missing`, `detection-unfit-model`
 */
export function rowTable(output: PictureOutput, name: string, columns: number, channelsFirst: boolean): Grid {
  const { grid } = table(output, name, channelsFirst)
  if (grid.channels >= columns) return grid
  throw unfitOutput(
    output,
    name,
    `rows of ${grid.channels} columns, where \`box\`, \`score\` and \`class\` need ${columns}`,
    grid.rows >= columns
      ? `Set \`channelsFirst: ${!channelsFirst}\` if the columns lie the other way.`
      : 'Count the columns from 0.',
  )
}

/**
 * Some numbers for each box: `[batch, rows, columns]`, the same across, and whatever sides of 1 it has more or fewer.
 *
 * @throws PrelabelError `detection-output-missing`, `detection-unfit-model`
 */
export function columnsBeside(output: PictureOutput, name: string, boxes: Table, columns: number, hint: string): Grid {
  const { batch } = boxes
  const { rows } = boxes.grid
  const tensor = outputNamed(output, name)
  const seen = withoutOnes(tensor.dims)
  const gridAs = (...sides: readonly [number, number, number]) =>
    gridOf(numbersOf(name, tensor), sides, output.index, sides[1] !== rows)
  if (seen === withoutOnes([batch, rows, columns])) return gridAs(batch, rows, columns)
  if (seen === withoutOnes([batch, columns, rows])) return gridAs(batch, columns, rows)
  const wanted = `[${batch}, ${rows}, ${columns}] (pictures, boxes, numbers for each)`
  throw unfitOutput(output, name, `no table of ${wanted}`, hint)
}

function table(output: PictureOutput, name: string, channelsFirst: boolean): Table {
  const sides = threeSides(output, name)
  const [batch] = sides
  if (output.index < batch)
    return { batch, grid: gridOf(numbersOf(name, outputNamed(output, name)), sides, output.index, channelsFirst) }
  throw unfitOutput(
    output,
    name,
    `boxes for batches of ${batch}, and more pictures were given`,
    'Export the model with a batch of 1, or set `batchSize: 1` where its batch is free.',
  )
}

/** The shape as `[batch, …, …]`: sides of 1 in between are left out, and a table of two sides is of a single picture. */
function threeSides(output: PictureOutput, name: string): [number, number, number] {
  const { dims } = outputNamed(output, name)
  const sides = dims.length === 2 ? [1, ...dims] : [...dims]
  while (sides.length > 3 && sides.includes(1, 1)) sides.splice(sides.indexOf(1, 1), 1)
  const [batch, middle, last, more] = sides
  if (batch !== undefined && middle !== undefined && last !== undefined && more === undefined)
    return [batch, middle, last]
  throw unfitOutput(output, name, 'no rows', 'Name the output that holds a row for each box.')
}

function withoutOnes(dims: readonly number[]): string {
  return dims.filter((side) => side !== 1).join()
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

function unfitOutput({ outputs }: PictureOutput, name: string, what: string, hint: string): PrelabelError {
  const seen = Object.entries(outputs).map(([name, { type, dims: shape }]) => tensorText({ name, type, shape }))
  return unfitModel(`The output ${name} holds ${what}; seen: ${seen.join(', ')}`, 'detection.output', hint)
}

function numbersOf(name: string, tensor: Tensor): Float32Array {
  if (tensor.type === 'int64') return Float32Array.from(tensor.data, Number)
  if (tensor.type === 'float32' || tensor.type === 'float16') return floats(name, tensor)
  return Float32Array.from(tensor.data)
}
