import type { Size } from '../../inference/pictures/letterbox.js'
import type { Pixels } from '../../inference/pictures/pixels.js'
import type { Box, Finding, MaskPixels } from '../../results/findings.js'
import { boxIou } from '../../results/geometry/index.js'
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

/** Two findings of a class that share this part of the smaller one are the same thing, seen in two slices. */
const SAME = 0.5

/**
 * Puts together what was found in overlapping slices: the surest stays, and takes in boxes and masks of those that are
 * the same thing; oriented boxes and skeletons are not mixed. The rule is that of SAHI (https://arxiv.org/abs/2202.06934).
 */
export function merge<F extends Finding>(findings: readonly F[]): F[] {
  const merged: F[] = []
  for (const finding of [...findings].sort((a, b) => scoreOf(b) - scoreOf(a))) {
    const at = merged.findIndex((surer) => isSame(surer, finding))
    const surer = merged[at]
    if (surer === undefined) merged.push(finding)
    else merged[at] = unite(surer, finding)
  }
  return merged
}

function scoreOf(finding: Finding): number {
  return 'score' in finding ? (finding.score ?? 1) : 1
}

function isSame(a: Finding, b: Finding): boolean {
  if (!('box' in a) || !('box' in b) || a.box === undefined || b.box === undefined || a.label !== b.label) return false
  const iou = boxIou(a.box, b.box)
  const [first, second] = [a.box.width * a.box.height, b.box.width * b.box.height]
  const shared = (iou * (first + second)) / (1 + iou)
  return shared / Math.min(first, second) > SAME
}

function unite<F extends Finding>(surer: F, other: F): F {
  if (surer.kind === 'detection' && other.kind === 'detection' && surer.box.rotation === undefined)
    return { ...surer, box: around(surer.box, other.box) }
  if (surer.kind !== 'mask' || other.kind !== 'mask') return surer
  const boxes = surer.box === undefined || other.box === undefined ? {} : { box: around(surer.box, other.box) }
  return { ...surer, mask: uniteMasks(surer.mask, other.mask), ...boxes }
}

/** Both in a crop that holds both. */
function uniteMasks(surer: MaskPixels, other: MaskPixels): MaskPixels {
  const crop = around(maskCrop(surer), maskCrop(other))
  const data = new Uint8Array(crop.width * crop.height)
  for (const mask of [surer, other]) {
    const { x, y, width, height } = maskCrop(mask)
    for (let row = 0, from = 0; row < height; row++) {
      const to = (y - crop.y + row) * crop.width + x - crop.x
      for (let column = 0; column < width; column++, from++) data[to + column] ||= mask.data[from] ?? 0
    }
  }
  return { width: surer.width, height: surer.height, data, crop }
}

function around(a: Box, b: Box): Box {
  const [x, y] = [Math.min(a.x, b.x), Math.min(a.y, b.y)]
  return {
    x,
    y,
    width: Math.max(a.x + a.width, b.x + b.width) - x,
    height: Math.max(a.y + a.height, b.y + b.height) - y,
  }
}
