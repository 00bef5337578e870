/** Pictures as models are to see them: upright, and no larger than was asked for. */

import type { ImageInput } from '../../../media/inputs.js'

/** A picture is to be changed in these ways. */
export interface PictureChange {
  /** Turn it as EXIF says. */
  readonly turn: boolean
  /** Longest side in pixels. */
  readonly maxSide: number | undefined
}

/** What is to be done about a picture; undefined when it can go as it is. */
export function changeFor(
  { width, height, orientation }: ImageInput,
  maxSide: number | undefined,
): PictureChange | undefined {
  const turn = orientation !== 1
  const shrink = maxSide !== undefined && Math.max(width, height) > maxSide
  return turn || shrink ? { turn, maxSide: shrink ? maxSide : undefined } : undefined
}

/** The part of `sharp` that is used. */
export type Sharp = typeof import('sharp').default

/**
 * The picture turned and scaled, as JPEG, or as PNG where it is one. It stands for the picture as it was: what a model
 * says in fractions of one holds for the other.
 *
 * @param sharp the package
 */
export async function changePicture(
  picture: ImageInput,
  { turn, maxSide }: PictureChange,
  sharp: Sharp,
): Promise<ImageInput> {
  const png = picture.format === 'png'
  const pipeline = sharp(picture.bytes, { failOn: 'error' })
  if (turn) pipeline.autoOrient()
  if (maxSide !== undefined) pipeline.resize({ width: maxSide, height: maxSide, fit: 'inside' })
  const encoded = png ? pipeline.png() : pipeline.jpeg({ quality: 90 })
  const { data, info } = await encoded.toBuffer({ resolveWithObject: true })
  return {
    kind: 'image',
    bytes: data,
    width: info.width,
    height: info.height,
    orientation: 1,
    format: png ? 'png' : 'jpeg',
    // Of what it was made of, so that another build of sharp does not make it another picture.
    hash: `${picture.hash}-${turn ? 'upright' : 'as-is'}-${maxSide ?? 'full'}`,
  }
}
