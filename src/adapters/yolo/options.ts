import { z } from 'zod'
import { parseOptions } from '../../inference/parse-options.js'
import { adapterName } from '../adapter-name.js'
import { count, type SharedOptions, sharedOptions } from '../detection/shared-options.js'

/** What a YOLO model may be trained for. */
export const TASKS = ['detect', 'segment', 'pose', 'obb', 'classify'] as const
export type YoloTask = (typeof TASKS)[number]

/** How a model's output is to be read; see `docs/yolo.md`. */
const HEADS = ['anchor-free', 'objectness', 'end-to-end', 'yolox', 'query'] as const
export type YoloHead = (typeof HEADS)[number]

const schema = z.strictObject({
  ...sharedOptions,
  name: adapterName('yolo'),
  names: z.union([z.array(z.string()).min(1), z.record(z.string().regex(/^\d+$/), z.string())]).optional(),
  task: z.enum(TASKS).optional(),
  head: z.enum(HEADS).optional(),
  imageSize: z.union([count, z.tuple([count, count])]).optional(),
  multiLabel: z.boolean().default(false),
})

/** Options of {@link yolo}, as they are given. */
export interface YoloOptions extends SharedOptions {
  /** Class names by index. @default the file's metadata */
  readonly names?: readonly string[] | Readonly<Record<number, string>>
  /** @default the file's metadata, or what its outputs look like */
  readonly task?: YoloTask
  /** How the output is read. @default recognised by metadata and shapes */
  readonly head?: YoloHead
  /** Side, or height and width, of the input of a model that takes any size. @default the file's metadata, or 640 */
  readonly imageSize?: number | readonly [number, number]
  /** One box may be given several classes. @default false */
  readonly multiLabel?: boolean
}

/** Options with their defaults filled in. */
export type ParsedYoloOptions = z.output<typeof schema>

/** @throws PrelabelError `invalid-options` with the path of the first wrong option */
export function parseYoloOptions(options: YoloOptions): ParsedYoloOptions {
  return parseOptions('yolo', schema, options)
}
