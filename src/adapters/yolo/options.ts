import { z } from 'zod'
import { parseOptions } from '../../parse-options.js'
import { adapterName } from '../adapter-name.js'
import {
  count,
  type ModelSource,
  type ParsedSource,
  type SharedOptions,
  sharedOptions,
} from '../detection/shared-options.js'

/** What a YOLO model may be trained for. */
export const TASKS = ['detect', 'segment', 'pose', 'obb', 'classify'] as const
export type YoloTask = (typeof TASKS)[number]

/** How a model's output is to be read; see `docs/yolo.md`. */
const HEADS = ['anchor-free', 'objectness', 'end-to-end', 'batch-rows', 'yolox', 'query', 'query-final'] as const
export type YoloHead = (typeof HEADS)[number]

const fields = z.strictObject({
  ...sharedOptions,
  model: sharedOptions.model.optional(),
  models: z.string().min(1).optional(),
  name: adapterName('yolo'),
  names: z.union([z.array(z.string()).min(1), z.record(z.string().regex(/^\d+$/), z.string())]).optional(),
  task: z.enum(TASKS).optional(),
  head: z.enum(HEADS).optional(),
  imageSize: z.union([count, z.tuple([count, count])]).optional(),
  keypoints: z.tuple([count, z.union([z.literal(2), z.literal(3)])]).optional(),
  stride: count.optional(),
  multiLabel: z.boolean().default(false),
})
const schema = fields.refine(({ model, models }) => model !== undefined || models !== undefined, {
  path: ['model'],
  message: 'is missing: give a model, or `models`, a folder of them',
})

/** Options of {@link yolo}, as they are given. */
export interface YoloOptions extends Omit<SharedOptions, 'model'> {
  /** An ONNX file (path or `file:` URL), its bytes, or a model on an inference server. May be left out where there are `models`. */
  readonly model?: ModelSource
  /**
   * The folder from which controls may take models of their own by `model_path`; nothing outside of it is read. A control
   * without `model_path` is filled by `model`, else by the default weights of the Python backend, where the folder has them.
   */
  readonly models?: string
  /** Class names by index. @default the file's metadata */
  readonly names?: readonly string[] | Readonly<Record<number, string>>
  /** @default the file's metadata, or what its outputs look like */
  readonly task?: YoloTask
  /** How the output is read. @default recognised by metadata and shapes */
  readonly head?: YoloHead
  /** Side, or height and width, of the input of a model that takes any size. @default the file's metadata, or 640 */
  readonly imageSize?: number | readonly [number, number]
  /** Key points of a skeleton, and values of each: (x, y) or (x, y, visibility). @default the file's metadata, or [17, 3] */
  readonly keypoints?: readonly [count: number, values: 2 | 3]
  /** Sides of the input of a model that takes any size are multiples of it. @default the file's metadata, or 32 */
  readonly stride?: number
  /** One box may be given several classes. @default false */
  readonly multiLabel?: boolean
}

/** Options with their defaults filled in. */
export type ParsedYoloOptions = z.output<typeof schema>

/** Options with their model decided. */
export type WeightsOptions = ParsedYoloOptions & { readonly model: ParsedSource }

/** @throws PrelabelError `invalid-options` with the path of the first wrong option */
export function parseYoloOptions(options: YoloOptions & { readonly model: ModelSource }): WeightsOptions
export function parseYoloOptions(options: YoloOptions): ParsedYoloOptions
export function parseYoloOptions(options: YoloOptions): ParsedYoloOptions {
  return parseOptions({ name: 'yolo', page: 'docs/yolo.md' }, schema, options)
}
