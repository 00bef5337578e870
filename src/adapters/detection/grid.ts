import { PrelabelError } from '../../errors.js'
import { fromFloat16 } from '../../inference/float16.js'
import type { Tensor } from '../../inference/session.js'

/** One picture's part of an output: a value for each row (a place in the picture) and channel (what is said of it). */
export interface Grid {
  readonly data: Float32Array
  readonly rows: number
  readonly channels: number
  /** Distance in `data` from one row to the next, and from one channel to the next. */
  readonly rowStep: number
  readonly channelStep: number
}

/** An output's numbers as float32. @throws PrelabelError `unsupported-tensor-type` for integers */
export function floats(name: string, tensor: Tensor): Float32Array {
  if (tensor.type === 'float32') return tensor.data
  if (tensor.type === 'float16') return fromFloat16(tensor.data)
  throw new PrelabelError(`The model's output ${name} holds ${tensor.type}, not floating-point numbers`, {
    code: 'unsupported-tensor-type',
  })
}

/**
 * The grid of picture `index` in an output of shape `[batch, channels, rows]` (`channelsFirst`) or
 * `[batch, rows, channels]`.
 */
export function gridOf(data: Float32Array, dims: readonly number[], index: number, channelsFirst: boolean): Grid {
  const [, middle = 0, last = 0] = dims
  const part = data.subarray(index * middle * last, (index + 1) * middle * last)
  return channelsFirst
    ? { data: part, rows: last, channels: middle, rowStep: 1, channelStep: last }
    : { data: part, rows: middle, channels: last, rowStep: last, channelStep: 1 }
}

/** The value of a row and channel. */
export function cell({ data, rowStep, channelStep }: Grid, row: number, channel: number): number {
  return data[row * rowStep + channel * channelStep] ?? 0
}

/** The best of `count` class scores from channel `from` on, for every row. */
export interface BestClasses {
  readonly scores: Float32Array
  readonly classes: Int32Array
}

/** Walks the numbers in the order in which they lie in memory. */
export function bestClasses(grid: Grid, from: number, count: number): BestClasses {
  const { data, rows, rowStep, channelStep } = grid
  const scores = new Float32Array(rows).fill(Number.NEGATIVE_INFINITY)
  const classes = new Int32Array(rows)
  if (rowStep > channelStep) {
    for (let row = 0; row < rows; row++) {
      const start = row * rowStep + from * channelStep
      let best = Number.NEGATIVE_INFINITY
      for (let index = 0; index < count; index++) {
        const score = data[start + index * channelStep] ?? 0
        if (score > best) {
          best = score
          classes[row] = index
        }
      }
      scores[row] = best
    }
    return { scores, classes }
  }
  for (let index = 0; index < count; index++) {
    const start = (from + index) * channelStep
    for (let row = 0; row < rows; row++) {
      const score = data[start + row * rowStep] ?? 0
      if (score > (scores[row] ?? 0)) {
        scores[row] = score
        classes[row] = index
      }
    }
  }
  return { scores, classes }
}
