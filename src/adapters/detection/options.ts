import { z } from 'zod'
import type { ResizeMode } from '../../inference/pictures/letterbox.js'
import { parseOptions } from '../../parse-options.js'
import { adapterName } from '../adapter-name.js'
import { count, type SharedOptions, sharedOptions } from './shared-options.js'

const column = z.int().min(0)
const three = z.tuple([z.number(), z.number(), z.number()])

const input = z.strictObject({
  size: z.union([count, z.tuple([count, count])]).optional(),
  axes: z.enum(['nchw', 'nhwc']).default('nchw'),
  colour: z.enum(['rgb', 'bgr']).default('rgb'),
  scale: z.number().positive().optional(),
  mean: three.default([0, 0, 0]),
  std: three.refine((std) => !std.includes(0), 'must not hold 0: values are divided by it').default([1, 1, 1]),
  resize: z.enum(['letterbox', 'letterbox-corner', 'stretch']).default('letterbox'),
  padding: z.int().min(0).max(255).default(114),
  sizeInput: z.strictObject({ name: z.string(), order: z.enum(['width-height', 'height-width']) }).optional(),
  maskInput: z.strictObject({ name: z.string() }).optional(),
})

const boxes = {
  format: z.enum(['xyxy', 'xywh', 'cxcywh', 'yxyx']),
  unit: z.enum(['pixel', 'fraction']).default('pixel'),
}

const rows = z.strictObject({
  kind: z.literal('rows'),
  name: z.string().optional(),
  ...boxes,
  box: column.default(0),
  score: column,
  class: column,
  channelsFirst: z.boolean().default(false),
  firstClass: z.int().default(0),
})

const scores = z.strictObject({
  kind: z.literal('scores'),
  boxes: z.string(),
  scores: z.string(),
  ...boxes,
  activation: z.enum(['none', 'sigmoid', 'softmax']).default('none'),
  background: z.enum(['none', 'first', 'last']).default('none'),
  multiLabel: z.boolean().default(false),
})

const classes = z.strictObject({
  kind: z.literal('classes'),
  boxes: z.string(),
  scores: z.string(),
  classes: z.string(),
  ...boxes,
  firstClass: z.int().default(0),
})

const schema = z.strictObject({
  ...sharedOptions,
  name: adapterName('detection'),
  names: z.array(z.string()).min(1),
  input: input.prefault({}),
  output: z.discriminatedUnion('kind', [rows, scores, classes]),
  suppress: z.boolean().default(true),
})

/** How a detector wants its pictures. */
export interface DetectionInput {
  /** Side, or height and width, where the file leaves them free; another than the fixed size of a file is refused. */
  readonly size?: number | readonly [number, number]
  /** @default 'nchw' */
  readonly axes?: 'nchw' | 'nhwc'
  /** @default 'rgb' */
  readonly colour?: 'rgb' | 'bgr'
  /** A value is `(byte * scale - mean) / std`. @default 1 / 255, of a uint8 input 1 */
  readonly scale?: number
  /** Red, green, blue. @default [0, 0, 0] */
  readonly mean?: readonly [number, number, number]
  /** Red, green, blue. @default [1, 1, 1] */
  readonly std?: readonly [number, number, number]
  /** @default 'letterbox' */
  readonly resize?: ResizeMode
  /** Grey around the picture, 0..255. @default 114 */
  readonly padding?: number
  /** An input `[batch, 2]` that takes the size for which boxes are wanted. */
  readonly sizeInput?: { readonly name: string; readonly order: 'width-height' | 'height-width' }
  /** An input `[batch, height, width]` that takes ones where the picture is, and zeros where padding is. */
  readonly maskInput?: { readonly name: string }
}

interface BoxOutput {
  /** Two corners, corner and size, centre and size, or corners with y first. */
  readonly format: 'xyxy' | 'xywh' | 'cxcywh' | 'yxyx'
  /** Pixels of the input, or fractions of it. @default 'pixel' */
  readonly unit?: 'pixel' | 'fraction'
}

/** One output with a row for each box: `[batch, rows, columns]`, or `[batch, columns, rows]`; further sides of 1 do not matter. */
export interface RowsOutput extends BoxOutput {
  readonly kind: 'rows'
  /** @default the first output */
  readonly name?: string
  /** First of the four columns of the box. @default 0 */
  readonly box?: number
  /** Column of the score. */
  readonly score: number
  /** Column of the class index. */
  readonly class: number
  /** @default false */
  readonly channelsFirst?: boolean
  /** The index that means the first name. @default 0 */
  readonly firstClass?: number
}

/** Boxes `[batch, rows, 4]`, and a score for each class `[batch, rows, classes]`; either may lie across. */
export interface ScoresOutput extends BoxOutput {
  readonly kind: 'scores'
  readonly boxes: string
  readonly scores: string
  /** What makes probabilities of the scores. @default 'none' */
  readonly activation?: 'none' | 'sigmoid' | 'softmax'
  /** Where the column is that means nothing was found. @default 'none' */
  readonly background?: 'none' | 'first' | 'last'
  /** A box is found once for each class that is sure enough, and not only for its best one. @default false */
  readonly multiLabel?: boolean
}

/** Boxes `[batch, rows, 4]`, the best score and class index of each `[batch, rows]`. */
export interface ClassesOutput extends BoxOutput {
  readonly kind: 'classes'
  readonly boxes: string
  readonly scores: string
  readonly classes: string
  /** The index that means the first name. @default 0 */
  readonly firstClass?: number
}

/** Options of {@link detection}. */
export interface DetectionOptions extends SharedOptions {
  /** Class names by index. */
  readonly names: readonly string[]
  readonly input?: DetectionInput
  readonly output: RowsOutput | ScoresOutput | ClassesOutput
  /** Whether overlapping boxes are still to be thinned out. @default true */
  readonly suppress?: boolean
}

/** Options with their defaults filled in. */
export type ParsedDetectionOptions = z.output<typeof schema>

/** @throws PrelabelError `invalid-options` with the path of the first wrong option */
export function parseDetectionOptions(options: DetectionOptions): ParsedDetectionOptions {
  return parseOptions({ name: 'detection', page: 'docs/yolo.md' }, schema, options)
}
