import { z } from 'zod'
import { type ExecutionProvider, executionProviders } from '../../inference/execution-provider.js'
import { modelLocation, withUrl } from '../../inference/model-location.js'
import type { OnnxRuntime } from '../../inference/onnx-runtime.js'
import type { SharpLibrary } from '../../inference/pictures/sharp-library.js'
import { type RemoteModel, remoteModelSchema } from '../../inference/remote-session.js'
import type { SessionPool } from '../../inference/session-pool.js'
import { type VideoSettings, videoSettings } from './video/video-settings.js'

const fraction = z.number().min(0).max(1)
export const count = z.int().positive()

const slices = z
  .strictObject({
    size: z.union([count, z.tuple([count, count])]),
    overlap: z.number().min(0).max(0.9).default(0.2),
    whole: z.boolean().default(true),
  })
  .transform(({ size, overlap, whole }) => {
    const [height, width] = typeof size === 'number' ? [size, size] : size
    return { size: { width, height }, overlap, whole }
  })

/** The part of an adapter's schema that all detectors share. */
export const sharedOptions = {
  model: z.union([...modelLocation, remoteModelSchema]).transform(withUrl),
  scoreThreshold: fraction.default(0.25),
  labelThresholds: z.record(z.string(), fraction).default({}),
  iouThreshold: fraction.default(0.7),
  maxDetections: count.default(300),
  agnosticNms: z.boolean().default(false),
  labelMap: z.record(z.string(), z.string().nullable()).optional(),
  controls: z.array(z.string()).optional(),
  slices: slices.optional(),
  video: videoSettings.prefault({}),
  batchSize: count.default(8),
  maxPixels: count.optional(),
  threads: count.optional(),
  providers: executionProviders.optional(),
  thread: z.enum(['own', 'calling']).default('own'),
  pool: z.custom<SessionPool>((value) => typeof value === 'object' && value !== null && 'open' in value).optional(),
  onnxruntime: z.custom<OnnxRuntime>((value) => typeof value === 'object' && value !== null).optional(),
  sharp: z.custom<SharpLibrary>((value) => typeof value === 'function').optional(),
}

/** Where a model is: an ONNX file (path or `file:` URL), its bytes, or an inference server. */
export type ModelSource = string | URL | Uint8Array | RemoteModel

/** Options that all detectors share. */
export interface SharedOptions {
  /** An ONNX file (path or `file:` URL), its bytes, or a model on an inference server. */
  readonly model: ModelSource
  /** Name of the adapter, part of the model version; give one when several such adapters serve one project. */
  readonly name?: string
  /** Findings below are dropped. The `model_score_threshold` of a control or label goes before it. @default 0.25 */
  readonly scoreThreshold?: number
  /** The same for single classes, by the model's class name; goes before everything else. */
  readonly labelThresholds?: Readonly<Record<string, number>>
  /** Boxes that overlap a better one by more than this are dropped. @default 0.7 */
  readonly iouThreshold?: number
  /** @default 300 */
  readonly maxDetections?: number
  /** Boxes of different classes suppress each other too. @default false */
  readonly agnosticNms?: boolean
  /** Model class → label of the project, before every other rule; null drops the class. */
  readonly labelMap?: Readonly<Record<string, string | null>>
  /** Only these controls, by name. */
  readonly controls?: readonly string[]
  /** Cuts large pictures into overlapping slices, each looked at by itself, for things that are small in the whole. */
  readonly slices?: {
    /** Side, or height and width, in pixels of the picture. */
    readonly size: number | readonly [number, number]
    /** Part of a slice that it shares with the next one, 0..0.9. @default 0.2 */
    readonly overlap?: number
    /** Whether the picture is also looked at as a whole. @default true */
    readonly whole?: boolean
  }
  /** How videos are read, and what becomes of what is found in their frames. */
  readonly video?: VideoSettings
  /** Most pictures that are worked on at once, and in one run of a model with a free batch on a graphics card. @default 8 */
  readonly batchSize?: number
  /** Pictures with more pixels fail instead of being decoded. @default 100 million */
  readonly maxPixels?: number
  /** Threads of the runtime. @default one for each physical core */
  readonly threads?: number
  /** Execution providers, tried in turn: `[{ name: 'cuda', deviceId: 1 }, 'cpu']`. @default ['cpu'] */
  readonly providers?: readonly ExecutionProvider[]
  /** `own`: requests are served while the model computes; `calling`: JavaScript waits. @default 'own' */
  readonly thread?: 'own' | 'calling'
  /** Keeps models of several adapters in memory within one budget: `createSessionPool` of `prelabel/inference`. */
  readonly pool?: SessionPool
  /** The imported `onnxruntime-node`, for those who bundle it. */
  readonly onnxruntime?: OnnxRuntime
  /** The imported `sharp`, for those who bundle it. */
  readonly sharp?: SharpLibrary
}

/** A model's place as it was parsed. */
export type ParsedSource = z.output<(typeof sharedOptions)['model']>
