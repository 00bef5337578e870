import type { MaskPixels } from '../../../src/results/findings.js'
import { wholeMask } from '../../../src/results/mask/index.js'

/** Places of the pixels inside, row after row. */
export function pixelsInside(mask: MaskPixels): number[] {
  return [...wholeMask(mask).data.entries()].flatMap(([place, value]) => (value === 0 ? [] : [place]))
}

/** Intersection over union of a mask and the places of the pixels inside another one. */
export function maskSimilarity(mask: MaskPixels, theirs: readonly number[]): number {
  const ours = new Set(pixelsInside(mask))
  const both = theirs.filter((place) => ours.has(place)).length
  return both / (ours.size + theirs.length - both)
}
