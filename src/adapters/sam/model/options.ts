import { z } from 'zod'
import type { OnnxRuntime } from '../../../inference/onnx-runtime.js'
import type { SharpLibrary } from '../../../inference/pictures/sharp-library.js'
import { count, type ModelSource, type SharedOptions, sharedOptions } from '../../detection/shared-options.js'

const triple = z.tuple([z.number(), z.number(), z.number()])

const files = z.strictObject({
  encoder: sharedOptions.model,
  decoder: sharedOptions.model,
  boxDecoder: sharedOptions.model.optional(),
})

const picture = z.strictObject({
  size: count.optional(),
  resize: z.enum(['longest-side', 'stretch']).optional(),
  antialias: z.boolean().optional(),
  pad: z.boolean().optional(),
  scale: z.number().positive().optional(),
  mean: triple.optional(),
  std: triple.optional(),
})

/** The part of an adapter's schema that says which model, where it runs and how it sees pictures. */
export const samModelOptions = {
  model: z.union([z.string().min(1), z.instanceof(URL), files]),
  picture: picture.default({}),
  maxPixels: sharedOptions.maxPixels,
  threads: sharedOptions.threads,
  providers: sharedOptions.providers,
  thread: sharedOptions.thread,
  onnxruntime: z.custom<OnnxRuntime>((value) => typeof value === 'object' && value !== null).optional(),
  sharp: z.custom<SharpLibrary>((value) => typeof value === 'function').optional(),
}

/** A model's files by their parts, when they do not stand in one folder: each as for the detectors. */
export interface SamFiles {
  readonly encoder: ModelSource
  /** The decoder that takes points. */
  readonly decoder: ModelSource
  /** A decoder of its own for boxes, which some exports have. */
  readonly boxDecoder?: ModelSource
}

/**
 * What an encoder wants its pictures to be, where its files do not say it. A `preprocessor_config.json` beside the
 * weights is read; without one Meta's figures count.
 */
export interface SamPictureOptions {
  /** Longest side of the input, for an encoder that takes any size. @default 1024 */
  readonly size?: number
  /** `longest-side` keeps the shape and pads right and below. @default stretch for SAM 2, longest-side otherwise */
  readonly resize?: 'longest-side' | 'stretch'
  /** Whether shrinking smooths, as Pillow and torchvision do; false: as OpenCV does. @default true */
  readonly antialias?: boolean
  /** Whether an input of any size is filled up with zeros to `size`. @default false when the graph normalises, true otherwise */
  readonly pad?: boolean
  /** A value is `(byte * scale - mean) / std`, red, green, blue. @default ImageNet's; 1, 0 and 1 when the graph does it itself */
  readonly scale?: number
  readonly mean?: readonly [number, number, number]
  readonly std?: readonly [number, number, number]
}

/** Which model, where it runs and how it sees pictures. */
export interface SamModelOptions
  extends Pick<SharedOptions, 'maxPixels' | 'threads' | 'providers' | 'thread' | 'onnxruntime' | 'sharp'> {
  /** A folder that holds encoder and decoder, found by their inputs and outputs; or each file by itself. */
  readonly model: string | URL | SamFiles
  readonly picture?: SamPictureOptions
}

const schema = z.strictObject(samModelOptions)

/** Options with their defaults filled in. */
export type ParsedSamModelOptions = z.output<typeof schema>
