/**
 * COCO's run-length masks: runs down the columns, the first one outside. Counts are plain numbers, or packed into text
 * with five bits a character. Source: `maskApi.c` of the COCO API.
 */

import { PrelabelError } from '../../errors.js'
import type { MaskPixels } from '../findings.js'
import { checkMask, emptyMask, joinRuns, maskCrop } from './mask-pixels.js'

/** A mask as COCO's `segmentation` holds it; `size` is [height, width]. */
export interface CocoRle {
  readonly size: readonly [height: number, width: number]
  /** Text when compressed, numbers when not. */
  readonly counts: string | readonly number[]
}

/** A mask → COCO's compressed form, as `pycocotools` writes it. */
export function encodeCocoRle(mask: MaskPixels): { size: [number, number]; counts: string } {
  return { size: [mask.height, mask.width], counts: packCounts(cocoCounts(mask)) }
}

/**
 * Lengths of the runs down the columns, outside first: COCO's uncompressed form.
 *
 * @throws PrelabelError `mask-size-mismatch`
 */
export function cocoCounts(mask: MaskPixels): number[] {
  checkMask(mask)
  const { width, height, data } = mask
  const crop = maskCrop(mask)
  const counts: number[] = []
  const runs = joinRuns((count) => counts.push(count))
  for (let x = 0; x < crop.width; x++) {
    runs.add(x === 0 ? crop.x * height + crop.y : height - crop.height, 0)
    for (let y = 0, from = 0; y < crop.height; from = y) {
      const isOutside = data[y * crop.width + x] === 0
      do y++
      while (y < crop.height && (data[y * crop.width + x] === 0) === isOutside)
      runs.add(y - from, isOutside ? 0 : 1)
    }
  }
  runs.end(width * height)
  return counts
}

/**
 * Either of COCO's forms → a mask of 0 and 255.
 *
 * @throws PrelabelError `broken-coco-rle` when the runs do not fill the size exactly
 */
export function decodeCocoRle({ size: [height, width], counts }: CocoRle): MaskPixels {
  const mask = emptyMask(width, height)
  const total = width * height
  let at = 0
  let inside = false
  for (const length of typeof counts === 'string' ? unpackCounts(counts) : counts) {
    const end = at + length
    if (!(length >= 0 && end <= total)) throw broken(`its runs do not fit into ${width}×${height} pixels`)
    if (inside)
      for (let index = at; index < end; index++) mask.data[(index % height) * width + Math.floor(index / height)] = 255
    at = end
    inside = !inside
  }
  if (at !== total) throw broken(`its runs cover ${at} of ${total} pixels`)
  return mask
}

/** From the fourth on, a count is written as the difference to the one two before it. */
function packCounts(counts: readonly number[]): string {
  let text = ''
  counts.forEach((count, index) => {
    let rest = index > 2 ? count - (counts[index - 2] ?? 0) : count
    let more = true
    while (more) {
      let bits = rest & 0x1f
      rest >>= 5
      // The fifth bit carries the sign of what is left.
      more = bits & 0x10 ? rest !== -1 : rest !== 0
      if (more) bits |= 0x20
      text += String.fromCharCode(bits + 48)
    }
  })
  return text
}

function unpackCounts(text: string): number[] {
  const counts: number[] = []
  for (let at = 0; at < text.length; ) {
    let value = 0
    let shift = 0
    let bits: number
    do {
      bits = text.charCodeAt(at++) - 48
      if (!(bits >= 0 && bits < 64) || shift > 30) throw broken('its text holds characters that COCO never writes')
      value |= (bits & 0x1f) << shift
      shift += 5
    } while (bits & 0x20)
    if (bits & 0x10 && shift < 32) value |= -1 << shift
    counts.push(counts.length > 2 ? value + (counts[counts.length - 2] ?? 0) : value)
  }
  return counts
}

function broken(why: string): PrelabelError {
  return new PrelabelError(`the COCO mask cannot be read: ${why}`, {
    code: 'broken-coco-rle',
    hint: 'size is [height, width]; counts run down the columns and start with the pixels outside.',
  })
}
