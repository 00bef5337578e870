import type { MaskPixels } from '../findings.js'
import type { ImageSurface } from '../surface.js'
import type { RegionShape } from '../types/families.js'

/** A drawn mask in the size of the picture, decoded once and when it is looked at; other shapes as they are. */
export function fitPicture(shape: RegionShape, picture: ImageSurface): RegionShape {
  if (shape.kind !== 'brush' && shape.kind !== 'bitmask') return shape
  let fitted: MaskPixels | undefined
  return {
    kind: shape.kind,
    get mask() {
      fitted ??= resizeNearest(shape.mask, picture)
      return fitted
    },
  }
}

function resizeNearest(mask: MaskPixels, { width, height }: ImageSurface): MaskPixels {
  if (mask.width === width && mask.height === height) return mask
  const data = new Uint8Array(width * height)
  for (let y = 0; y < height; y++) {
    const row = Math.floor(((y + 0.5) * mask.height) / height) * mask.width
    for (let x = 0; x < width; x++)
      data[y * width + x] = mask.data[row + Math.floor(((x + 0.5) * mask.width) / width)] ?? 0
  }
  return { width, height, data }
}
