import { importOptional } from '../../../import-optional.js'
import { decodePicture } from '../../../inference/pictures/decode.js'
import type { Pixels } from '../../../inference/pictures/pixels.js'
import type { ImageInput } from '../../../media/inputs.js'
import type { Box } from '../../../results/findings.js'

/**
 * Cuts a box out of a picture: pixels of the picture as it is shown, widened to whole ones.
 *
 * @throws PrelabelError `missing-package`, and what decoding throws
 */
export type CutPicture = (picture: ImageInput, box: Box) => Promise<ImageInput>

/** What percent and fractions lose on their way to pixels is no further pixel. */
const ROUNDING = 1e-6

/** Cuts pictures, each of which is decoded once: for the regions of a few tasks, whose pictures are then let go. */
export function createCutPicture(): CutPicture {
  const decoded = new Map<ImageInput, Promise<Pixels>>()
  return async (picture, box) => {
    const decoding = decoded.get(picture) ?? decodePicture(picture.bytes)
    decoded.set(picture, decoding)
    const { data, width, height } = await decoding
    const left = Math.max(0, Math.floor(box.x + ROUNDING))
    const top = Math.max(0, Math.floor(box.y + ROUNDING))
    const size = {
      width: Math.max(1, Math.min(width, Math.ceil(box.x + box.width - ROUNDING)) - left),
      height: Math.max(1, Math.min(height, Math.ceil(box.y + box.height - ROUNDING)) - top),
    }
    const sharp = await importOptional(
      'prelabel/compose',
      'sharp',
      undefined,
      async () => (await import('sharp')).default,
    )
    const part = sharp(data, { raw: { width, height, channels: 3 } }).extract({ left, top, ...size })
    const format = picture.format === 'png' ? 'png' : 'jpeg'
    const bytes = await (format === 'png' ? part.png() : part.jpeg({ quality: 92 })).toBuffer()
    // Of what it was cut from, so that another build of sharp does not make it another picture.
    const hash = `${picture.hash}-${[left, top, size.width, size.height].join('-')}`
    return { kind: 'image', bytes, ...size, orientation: 1, format, hash }
  }
}
