/** Outlines of masks, along the edges of pixels: filling them again gives the very same mask. */

import type { MaskPixels } from '../findings.js'
import type { Point } from '../geometry/units.js'
import { checkMask, createRunScanner } from './mask-pixels.js'

/** A closed outline: corners in order, the last is joined to the first. Pixel (0, 0) spans from (0, 0) to (1, 1). */
export type Ring = readonly Point[]

/** One connected part of a mask. The outline runs clockwise, holes the other way, as seen with y down. */
export interface Contour {
  readonly outline: Ring
  readonly holes: readonly Ring[]
}

/**
 * All parts of a mask with their holes, in the order of their topmost, then leftmost pixel. Pixels that touch at a
 * corner are one part (8-connected). Rings have a corner only where they turn.
 *
 * @throws PrelabelError `mask-size-mismatch`
 */
export function traceContours(mask: MaskPixels): Contour[] {
  checkMask(mask)
  const { width, height, data } = mask
  const scanner = createRunScanner(data)
  const edges = createEdges(mask)
  const parts: { outline: Ring; holes: Ring[] }[] = []

  for (let y = 0; y < height; y++) {
    const row = y * width
    for (let from = row, to = row; from < row + width; from = to) {
      to = scanner.nextChange(from, row + width)
      if (data[from] === 0) continue
      // A scan meets an outline first at its left side, and a hole at the hole's left side.
      let part = edges.partAt(from - row, y)
      if (part === undefined) {
        part = parts.length
        parts.push({ outline: edges.follow(from - row, y, 'up', part), holes: [] })
      }
      if (edges.partAt(to - row, y) === undefined) parts[part]?.holes.push(edges.follow(to - row, y, 'down', part))
    }
  }
  return parts
}

/** The upright edges between pixels, each with the part whose ring went along it. */
function createEdges({ width, height, data }: MaskPixels) {
  const seen = new Int32Array((width + 1) * height)
  const isInside = (x: number, y: number) => x >= 0 && y >= 0 && x < width && y < height && data[y * width + x] !== 0

  return {
    /** `x` is the column to the right of the edge. */
    partAt(x: number, y: number): number | undefined {
      const part = seen[y * (width + 1) + x]
      return part ? part - 1 : undefined
    },
    /** Goes round a ring with the inside at the right hand, starting along the edge to the left of pixel (x, y). */
    follow(startX: number, startY: number, direction: 'up' | 'down', part: number): Ring {
      const ring: Point[] = []
      const startDy = direction === 'up' ? -1 : 1
      let x = startX
      let y = direction === 'up' ? startY + 1 : startY
      const firstX = x
      const firstY = y
      let dx = 0
      let dy = startDy
      do {
        if (dy !== 0) seen[(dy < 0 ? y - 1 : y) * (width + 1) + x] = part + 1
        x += dx
        y += dy
        // The pixels ahead at the left and right hand; (x, y) is the corner that four pixels share.
        const leftX = dx + dy > 0 ? x : x - 1
        const leftY = dy - dx > 0 ? y : y - 1
        const rightX = dx - dy > 0 ? x : x - 1
        const rightY = dx + dy > 0 ? y : y - 1
        if (isInside(leftX, leftY)) {
          ring.push({ x, y })
          ;[dx, dy] = [dy, -dx]
        } else if (!isInside(rightX, rightY)) {
          ring.push({ x, y })
          ;[dx, dy] = [-dy, dx]
        }
      } while (x !== firstX || y !== firstY || dx !== 0 || dy !== startDy)
      return ring
    },
  }
}
