import type { Box, Finding, MaskPixels } from '../../results/findings.js'
import { boxIou } from '../../results/geometry/index.js'
import { maskCrop } from '../../results/mask/index.js'

/** How what was found in slices becomes what is in the picture. */
export interface MergeOptions {
  /** Findings of different classes may be the same thing. */
  readonly agnostic: boolean
  readonly maxDetections: number
}

/** Two findings that share this part of the smaller one are the same thing, seen in two slices. */
const SAME = 0.5

/**
 * Puts together what was found in overlapping slices: the surest stays, and takes in boxes and masks of those that are the
 * same thing. Who belongs to it is decided by the boxes as they were found, so that things in a row do not become one.
 * Oriented boxes and skeletons are not mixed.
 *
 * Source: greedy non-maximum merging of SAHI (https://github.com/obss/sahi, https://arxiv.org/abs/2202.06934) with its
 * defaults.
 *
 * @returns the surest first
 */
export function mergeSlices<F extends Finding>(findings: readonly F[], { agnostic, maxDetections }: MergeOptions): F[] {
  const merged: F[] = []
  let rest = [...findings].sort(surestFirst)
  for (let surest = rest.shift(); surest !== undefined && merged.length < maxDetections; surest = rest.shift()) {
    const first = surest
    const parts = new Set(
      rest.filter((other) => (agnostic || labelOf(first) === labelOf(other)) && isSame(first, other)),
    )
    // A part that no longer fits what it was to join, which has grown, is a part nonetheless.
    merged.push([...parts].reduce((whole, part) => (isSame(whole, part) ? unite(whole, part) : whole), first))
    rest = rest.filter((other) => !parts.has(other))
  }
  return merged
}

function surestFirst(a: Finding, b: Finding): number {
  const [boxA, boxB] = [boxOf(a), boxOf(b)]
  return scoreOf(b) - scoreOf(a) || (boxA?.x ?? 0) - (boxB?.x ?? 0) || (boxA?.y ?? 0) - (boxB?.y ?? 0)
}

function scoreOf(finding: Finding): number {
  return 'score' in finding ? (finding.score ?? 1) : 1
}

function labelOf(finding: Finding): string | undefined {
  return 'label' in finding ? finding.label : undefined
}

function boxOf(finding: Finding): Box | undefined {
  return 'box' in finding ? finding.box : undefined
}

function isSame(a: Finding, b: Finding): boolean {
  const [boxA, boxB] = [boxOf(a), boxOf(b)]
  if (boxA === undefined || boxB === undefined) return false
  const iou = boxIou(boxA, boxB)
  const [first, second] = [boxA.width * boxA.height, boxB.width * boxB.height]
  const shared = (iou * (first + second)) / (1 + iou)
  return shared / Math.min(first, second) >= SAME
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
