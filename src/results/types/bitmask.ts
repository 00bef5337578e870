import { z } from 'zod'
import type { MaskPixels } from '../findings.js'
import { decodeBitmask, encodeBitmask } from '../mask/index.js'
import { checkDecoding, checkMaskSize, maskSize } from './brush.js'
import { defineShape } from './shape-type.js'

/** A bitmask, by its pixels. */
export interface BitmaskShape {
  readonly kind: 'bitmask'
  /** As large as the picture. Of a bitmask that was read it is decoded anew at each look. */
  readonly mask: MaskPixels
}

const value = z.object({ imageDataURL: z.string() })
/** A PNG of the picture's size as a data URL; marked where it is not transparent. */
export type BitmaskValue = Readonly<z.infer<typeof value>>

export const bitmask = defineShape<BitmaskShape, BitmaskValue>({
  kind: 'bitmask',
  schema: value,
  toValue({ mask }, place) {
    checkMaskSize(mask, place)
    return { imageDataURL: encodeBitmask(mask) }
  },
  beside: ({ mask }) => ({ original_width: mask.width, original_height: mask.height, image_rotation: 0 }),
  fromValue: ({ imageDataURL }, place) => ({
    kind: 'bitmask',
    get mask() {
      const { width, height } = maskSize(place)
      return decodeBitmask(imageDataURL, width, height)
    },
  }),
  check: ({ imageDataURL }, { size }) =>
    size === undefined ? [] : checkDecoding('imageDataURL', () => decodeBitmask(imageDataURL, size.width, size.height)),
})
