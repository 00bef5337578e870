import type { Size } from '../../inference/pictures/letterbox.js'
import type { Pixels } from '../../inference/pictures/pixels.js'
import type { Box, Finding, MaskPixels } from '../../results/findings.js'
import { maskCrop } from '../../results/mask/index.js'

/** How a large picture is cut. */
export interface SliceOptions {
  readonly size: Size
  /** Part of a slice that it shares with the next one, 0..1. */
  readonly overlap: number
  /** Whether the picture is also looked at as a whole, for what is larger than a slice. */
  readonly whole: boolean
}

/** A part of a picture. */
export interface Slice extends Size {
  readonly left: number
  readonly top: number
}

/** The slices of a picture, row by row; the last ones lie at its edges. One that fits into a slice stays whole. */
export function slicesOf(picture: Size, { size, overlap, whole }: SliceOptions): Slice[] {
  const all = { left: 0, top: 0, width: picture.width, height: picture.height }
  const width = Math.min(size.width, picture.width)
  const height = Math.min(size.height, picture.height)
  const slices = starts(picture.height, height, overlap).flatMap((top) =>
    starts(picture.width, width, overlap).map((left) => ({ left, top, width, height })),
  )
  return slices.length > 1 && whole ? [...slices, all] : slices
}

function starts(whole: number, part: number, overlap: number): number[] {
  const step = Math.max(1, Math.floor(part * (1 - overlap)))
  const count = Math.max(1, Math.ceil((whole - part) / step) + 1)
  return Array.from({ length: count }, (_, index) => Math.min(index * step, whole - part))
}

/** The pixels of a slice. */
export function cut(pixels: Pixels, { left, top, width, height }: Slice): Pixels {
  if (width === pixels.width && height === pixels.height) return pixels
  const data = new Uint8Array(width * height * 3)
  for (let y = 0; y < height; y++) {
    const from = ((top + y) * pixels.width + left) * 3
    data.set(pixels.data.subarray(from, from + width * 3), y * width * 3)
  }
  return { width, height, data }
}

/** A finding in pixels of a slice, in pixels of the whole picture. */
export function shift<F extends Finding>(finding: F, { left, top }: Slice, picture: Size): F {
  const move = (box: Box): Box => ({ ...box, x: box.x + left, y: box.y + top })
  switch (finding.kind) {
    case 'detection':
      return { ...finding, box: move(finding.box) }
    case 'pose':
      return {
        ...finding,
        points: finding.points.map((point) => ({ ...point, x: point.x + left, y: point.y + top })),
        ...(finding.box === undefined ? {} : { box: move(finding.box) }),
      }
    case 'mask':
      return {
        ...finding,
        mask: moveMask(finding.mask, left, top, picture),
        ...(finding.box === undefined ? {} : { box: move(finding.box) }),
      }
    default:
      return finding
  }
}

function moveMask(mask: MaskPixels, left: number, top: number, { width, height }: Size): MaskPixels {
  const crop = maskCrop(mask)
  return { width, height, data: mask.data, crop: { ...crop, x: crop.x + left, y: crop.y + top } }
}
