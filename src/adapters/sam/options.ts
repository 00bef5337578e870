import { z } from 'zod'
import { PrelabelError } from '../../errors.js'
import { parseOptions } from '../../parse-options.js'
import type { Adapter } from '../adapter.js'
import { adapterName } from '../adapter-name.js'
import { type MaskChoice, type SamModelOptions, samModelOptions } from './model/index.js'

const fraction = z.number().min(0).max(1)
const count = z.int().positive()
const pixels = z.int().min(0)

const isAdapter = (value: unknown): value is Adapter =>
  typeof value === 'object' && value !== null && 'fills' in value && 'predict' in value && 'name' in value

const cache = z.strictObject({
  bytes: count.default(512 * 2 ** 20),
  folder: z.string().min(1).optional(),
  folderBytes: count.default(8 * 2 ** 30),
})

const automatic = z.strictObject({
  label: z.string().min(1),
  pointsPerSide: count.max(128).default(32),
  scoreThreshold: fraction.default(0.88),
  stabilityThreshold: fraction.default(0.95),
  iouThreshold: fraction.default(0.7),
  minArea: pixels.default(0),
  maxMasks: count.default(100),
})

const schema = z.strictObject({
  ...samModelOptions,
  name: adapterName('sam'),
  controls: z.array(z.string()).optional(),
  choice: z.union([z.enum(['best', 'auto']), z.literal(0), z.literal(1), z.literal(2)]).default('best'),
  refine: z.boolean().default(true),
  minArea: pixels.default(16),
  minHoleArea: pixels.default(16),
  preparesAhead: pixels.default(2),
  cache: cache.prefault({}),
  boxes: z.custom<Adapter>(isAdapter, 'must be an adapter').optional(),
  automatic: automatic.optional(),
})

/** Options of {@link sam}. */
export interface SamOptions extends SamModelOptions {
  /** Name of the adapter, part of the model version; give one when several of its kind serve one project. @default 'sam' */
  readonly name?: string
  /** Only these controls, by name. */
  readonly controls?: readonly string[]
  /**
   * Which of the masks that the model offers: the `best` by predicted IoU; `auto`, as Meta's exporter does; or always a part of
   * a part (0), a part (1), the whole (2).
   * @default 'best'
   */
  readonly choice?: MaskChoice
  /** Whether further clicks on a thing start from the mask that the clicks before gave. @default true */
  readonly refine?: boolean
  /** Parts of a mask with fewer pixels are removed. @default 16 */
  readonly minArea?: number
  /** Holes with fewer pixels are filled. @default 16 */
  readonly minHoleArea?: number
  /** When a list of tasks is asked for, so many of its first pictures are encoded ahead. @default 2 */
  readonly preparesAhead?: number
  /** Where encoded pictures are kept. */
  readonly cache?: SamCacheOptions
  /** Predicts tasks: the boxes that this adapter finds become masks with its labels. */
  readonly boxes?: Adapter
  /** Predicts tasks: everything that the model can tell apart becomes a mask of one label. */
  readonly automatic?: SamAutomaticOptions
}

export interface SamCacheOptions {
  /** Most bytes held in memory: a picture takes 4 MB with SAM, 17 MB with SAM 2. @default 512 MB */
  readonly bytes?: number
  /** Keeps them here too, over restarts; another model's are not mistaken for this one's. */
  readonly folder?: string
  /** Most bytes of that folder. @default 8 GB */
  readonly folderBytes?: number
}

/** The figures of segment-anything's `SamAutomaticMaskGenerator`. */
export interface SamAutomaticOptions {
  /** Label of every mask. */
  readonly label: string
  /** The model is asked at this number of points squared, evenly spread. @default 32 */
  readonly pointsPerSide?: number
  /** Masks of lower predicted IoU are dropped. @default 0.88 */
  readonly scoreThreshold?: number
  /** Masks that change more than this when their threshold does are dropped. @default 0.95 */
  readonly stabilityThreshold?: number
  /** Masks whose box overlaps that of a better one by more than this are dropped. @default 0.7 */
  readonly iouThreshold?: number
  /** Masks of fewer pixels are dropped. @default 0 */
  readonly minArea?: number
  /** @default 100 */
  readonly maxMasks?: number
}

export type SamSettings = z.output<typeof schema>

/** @throws PrelabelError `invalid-options` */
export function parseSamOptions(options: SamOptions): SamSettings {
  const settings = parseOptions({ name: 'sam', page: 'docs/sam.md' }, schema, options)
  const { boxes, automatic } = settings
  if (boxes?.scope === 'task')
    throw wrong('boxes', `${boxes.name} looks at whole tasks and finds no boxes in a picture`)
  if (boxes !== undefined && automatic !== undefined)
    throw wrong('automatic', 'masks come from boxes or from everywhere, not from both')
  return settings
}

function wrong(option: string, message: string): PrelabelError {
  return new PrelabelError(`sam: ${message}`, {
    code: 'invalid-options',
    path: `sam.${option}`,
    hint: 'See the options of sam in the documentation.',
  })
}
