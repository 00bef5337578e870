import { z } from 'zod'
import { PrelabelError } from '../../errors.js'
import type { MaskPixels } from '../findings.js'
import { decodeBrush, encodeBrush } from '../mask/index.js'
import { defineShape, type Place, type Problem } from './shape-type.js'

/** A brush stroke, by its pixels. */
export interface BrushShape {
  readonly kind: 'brush'
  /** As large as the picture. Of a stroke that was read it is decoded anew at each look. */
  readonly mask: MaskPixels
}

const bytes = z.custom<readonly number[]>(
  (list) => Array.isArray(list) && list.every((byte) => Number.isInteger(byte) && byte >= 0 && byte <= 255),
  'must be a list of bytes, 0..255',
)
const value = z.object({ format: z.literal('rle').exactOptional(), rle: bytes })
/** The RGBA bytes of the mask, run-length packed; `original_width` and `original_height` beside it are its size. */
export type BrushValue = Readonly<z.infer<typeof value>>

export const brush = defineShape<BrushShape, BrushValue>({
  kind: 'brush',
  schema: value,
  toValue({ mask }, place) {
    checkMaskSize(mask, place)
    return { format: 'rle', rle: encodeBrush(mask) }
  },
  beside: ({ mask }) => ({ original_width: mask.width, original_height: mask.height, image_rotation: 0 }),
  fromValue: ({ rle }, place) => ({
    kind: 'brush',
    get mask() {
      const { width, height } = maskSize(place)
      return decodeBrush(rle, width, height)
    },
  }),
  check: ({ rle }, { size }) =>
    size === undefined ? [] : checkDecoding('rle', () => decodeBrush(rle, size.width, size.height)),
})

/** @throws PrelabelError `mask-size-mismatch` when the picture is known to have another size */
export function checkMaskSize({ width, height }: MaskPixels, { size, object }: Place): void {
  if (size === undefined || (size.width === width && size.height === height)) return
  throw new PrelabelError(`the mask has ${width}×${height} pixels, the picture ${size.width}×${size.height}`, {
    code: 'mask-size-mismatch',
    path: object.path,
    hint: 'Scale the mask to the size of the picture as it is shown.',
  })
}

/** The size that a mask must have. @throws PrelabelError `unknown-picture-size` */
export function maskSize({ size, object }: Place): { width: number; height: number } {
  if (size !== undefined) return size
  throw new PrelabelError('a mask cannot be read without original_width and original_height', {
    code: 'unknown-picture-size',
    path: object.path,
  })
}

/** The problem of a mask that cannot be decoded, if any. */
export function checkDecoding(key: string, decode: () => unknown): Problem[] {
  try {
    decode()
    return []
  } catch (error) {
    if (!PrelabelError.isInstance(error)) throw error
    const { code, message, hint } = error
    return [{ code, severity: 'error', key, message, ...(hint === undefined ? {} : { hint }) }]
  }
}
