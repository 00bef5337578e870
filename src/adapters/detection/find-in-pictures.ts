import type { Pixels } from '../../inference/pictures/pixels.js'
import type { Finding } from '../../results/findings.js'
import { type MergeOptions, mergeSlices } from './merge-slices.js'
import { type PictureModel, type PictureOutput, type PictureSource, runPictures } from './picture-model.js'
import { cut, type SliceOptions, shift, slicesOf } from './slices.js'

/** What {@link findInPictures} needs of a model. */
export interface Finder<F extends Finding> {
  readonly model: PictureModel
  readonly slices?: SliceOptions | undefined
  readonly merging: MergeOptions
  /** @param floors a score for each class; what is not above is dropped */
  read(output: PictureOutput, floors: Float32Array): F[] | Promise<F[]>
}

/**
 * Finds in pictures, in slices if asked for. An Error stands for a picture that could not be read.
 *
 * @param floors for each picture a score for each class
 */
export async function findInPictures<F extends Finding>(
  finder: Finder<F>,
  pictures: readonly PictureSource[],
  floors: readonly Float32Array[],
  signal?: AbortSignal,
): Promise<(F[] | Error)[]> {
  const { model, slices, read } = finder
  const floorsOf = (which: number) => floors[which] ?? new Float32Array()
  if (slices === undefined)
    return runPictures(model, pictures, (output, which) => read(output, floorsOf(which)), signal)
  const results: (F[] | Error)[] = []
  for (const [which, picture] of pictures.entries())
    results.push(await findInSlices(finder, slices, picture, floorsOf(which), signal))
  return results
}

/** Finds in frames of a video, with the same floors for each. */
export function findInFrames<F extends Finding>(
  finder: Finder<F>,
  frames: readonly Pixels[],
  floors: Float32Array,
  signal: AbortSignal,
): Promise<(F[] | Error)[]> {
  const sources = frames.map((pixels) => ({ pixels: async () => pixels }))
  return findInPictures(
    finder,
    sources,
    sources.map(() => floors),
    signal,
  )
}

async function findInSlices<F extends Finding>(
  { model, read, merging }: Finder<F>,
  options: SliceOptions,
  picture: PictureSource,
  floors: Float32Array,
  signal: AbortSignal | undefined,
): Promise<F[] | Error> {
  const pixels = await picture
    .pixels()
    .catch((error: unknown) => (error instanceof Error ? error : new Error(String(error))))
  if (pixels instanceof Error) return pixels
  const slices = slicesOf(pixels, options)
  const sources = slices.map((slice) => ({ pixels: async () => cut(pixels, slice) }))
  const found = await runPictures(model, sources, (output) => read(output, floors), signal)
  const wrong = found.find((each) => each instanceof Error)
  if (wrong instanceof Error) return wrong
  const shifted = slices.flatMap((slice, i) => {
    const findings = found[i]
    return findings === undefined || findings instanceof Error
      ? []
      : findings.map((finding) => shift(finding, slice, pixels))
  })
  return slices.length === 1 ? shifted : mergeSlices(shifted, merging)
}
