import type { MaskPixels } from '../findings.js'
import type { Ring } from './contours.js'
import { emptyMask } from './mask-pixels.js'

/** How outlines that lie in each other count: `evenodd` makes the inner one a hole, `nonzero` only when it runs the other way. */
export type FillRule = 'evenodd' | 'nonzero'

/**
 * Outlines in pixels → a mask: a pixel is 255 when its centre is inside. What lies outside the picture is cut off.
 *
 * @param rule canvas, and with it the editor, draws `nonzero`; holes of {@link traceContours} are holes under both
 * @default rule 'evenodd'
 */
export function fillPolygons(
  rings: readonly Ring[],
  width: number,
  height: number,
  rule: FillRule = 'evenodd',
): MaskPixels {
  const mask = emptyMask(width, height)
  paintPolygons(mask, rings, 255, rule)
  return mask
}

/** Sets the pixels whose centre is inside the outlines to a value. */
export function paintPolygons(
  mask: MaskPixels,
  rings: readonly Ring[],
  value: number,
  rule: FillRule = 'evenodd',
): void {
  const { width, data } = mask
  crossingsOfRows(rings, mask.height).forEach((crossings, y) => {
    crossings.sort((a, b) => a.x - b.x)
    let winding = 0
    let from = 0
    for (const { x, direction } of crossings) {
      const wasInside = isInside(winding, rule)
      winding += direction
      // A pixel is left of x when its centre is.
      const column = Math.min(width, Math.max(0, Math.ceil(x - 0.5)))
      if (wasInside) data.fill(value, y * width + from, y * width + column)
      from = column
    }
  })
}

interface Crossing {
  readonly x: number
  readonly direction: 1 | -1
}

/** Where the sides of the outlines cross the line through the pixel centres of each row. */
function crossingsOfRows(rings: readonly Ring[], height: number): Crossing[][] {
  const rows: Crossing[][] = Array.from({ length: height }, () => [])
  for (const ring of rings) {
    ring.forEach((from, index) => {
      const to = ring[(index + 1) % ring.length] ?? from
      const [top, bottom] = from.y <= to.y ? [from, to] : [to, from]
      const slope = (bottom.x - top.x) / (bottom.y - top.y)
      const first = Math.max(0, Math.ceil(top.y - 0.5))
      const end = Math.min(height, Math.ceil(bottom.y - 0.5))
      for (let y = first; y < end; y++) {
        rows[y]?.push({ x: top.x + (y + 0.5 - top.y) * slope, direction: from === top ? 1 : -1 })
      }
    })
  }
  return rows
}

function isInside(winding: number, rule: FillRule): boolean {
  return rule === 'evenodd' ? winding % 2 !== 0 : winding !== 0
}
