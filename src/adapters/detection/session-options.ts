import type { OnnxSessionOptions } from '../../inference/onnx-session.js'
import { decodePicture } from '../../inference/pictures/decode.js'
import type { ParsedDetectionOptions } from './options.js'
import type { PictureModel, PictureSource } from './picture-model.js'

/** The options for runtimes. */
export type RuntimeOptions = Pick<
  ParsedDetectionOptions,
  'threads' | 'providers' | 'thread' | 'pool' | 'onnxruntime' | 'maxPixels' | 'sharp'
>

/** What of an adapter's options is for the runtime. */
export function sessionOptions({ threads, providers, thread, onnxruntime }: RuntimeOptions): OnnxSessionOptions {
  return {
    thread,
    ...(threads === undefined ? {} : { threads }),
    ...(providers === undefined ? {} : { providers }),
    ...(onnxruntime === undefined ? {} : { lib: onnxruntime }),
  }
}

/** Encoded pictures, decoded as the options say. */
export function encodedPictures(
  pictures: readonly { readonly bytes: Uint8Array }[],
  { maxPixels, sharp }: Pick<RuntimeOptions, 'maxPixels' | 'sharp'>,
): PictureSource[] {
  const options = { ...(maxPixels === undefined ? {} : { maxPixels }), ...(sharp === undefined ? {} : { lib: sharp }) }
  return pictures.map(({ bytes }) => ({ pixels: () => decodePicture(bytes, options) }))
}

/**
 * How many pictures go into one run: what the model fixes, else one on a processor (which gains nothing from more, and
 * can begin sooner with one), else `batchSize`.
 *
 * @param fixed the first dimension of the model's input
 */
export function batchOf(fixed: number | undefined, provider: string, batchSize: number): PictureModel['batch'] {
  if (fixed !== undefined) return { size: fixed, exactly: true }
  return { size: provider === 'cpu' ? 1 : batchSize, exactly: false }
}
