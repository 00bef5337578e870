/** Outlines of masks, along the edges of pixels: filling them again gives the very same mask. */

import type { MaskPixels } from '../findings.js'
import type { Point } from '../geometry/units.js'
import { checkMask, createRunScanner, maskCrop } from './mask-pixels.js'

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
  const edges = findEdges(mask)
  const parts: { outline: Ring; holes: Ring[] }[] = []
  // Edges of a row come in pairs: the left side of a run of pixels, then its right side.
  for (let left = 0; left < edges.count; left += 2) {
    // A scan meets an outline first at its left side, and a hole at the hole's left side.
    let part = edges.partAt(left)
    if (part === undefined) {
      part = parts.length
      parts.push({ outline: edges.follow(left, part), holes: [] })
    }
    if (edges.partAt(left + 1) === undefined) parts[part]?.holes.push(edges.follow(left + 1, part))
  }
  return parts
}

/** The upright edges between inside and outside, row by row, each with the part whose ring went along it. */
function findEdges(mask: MaskPixels) {
  const { x: left, y: top, width, height } = maskCrop(mask)
  const { data } = mask
  const { columns, rowStarts } = listEdges(data, width, height)
  const seen = new Int32Array(columns.length)
  const isInside = (x: number, y: number) => x >= 0 && y >= 0 && x < width && y < height && data[y * width + x] !== 0

  return {
    count: columns.length,
    partAt(edge: number): number | undefined {
      const part = seen[edge]
      return part ? part - 1 : undefined
    },
    /** Goes round a ring with the inside at the right hand, starting along an edge. */
    follow(edge: number, part: number): Ring {
      const ring: Point[] = []
      const row = lastAtMost(rowStarts, edge, 0, height - 1)
      const firstX = columns[edge] ?? 0
      const firstY = edge % 2 === 0 ? row + 1 : row
      const firstDy = edge % 2 === 0 ? -1 : 1
      let [x, y, dx, dy] = [firstX, firstY, 0, firstDy]
      do {
        if (dy !== 0) {
          const alongRow = dy < 0 ? y - 1 : y
          const rowEnd = (rowStarts[alongRow + 1] ?? 0) - 1
          seen[lastAtMost(columns, x, rowStarts[alongRow] ?? 0, rowEnd)] = part + 1
        }
        x += dx
        y += dy
        // The pixels ahead at the left and right hand; (x, y) is the corner that four pixels share.
        const leftX = dx + dy > 0 ? x : x - 1
        const leftY = dy - dx > 0 ? y : y - 1
        const rightX = dx - dy > 0 ? x : x - 1
        const rightY = dx + dy > 0 ? y : y - 1
        if (isInside(leftX, leftY)) {
          ring.push({ x: left + x, y: top + y })
          ;[dx, dy] = [dy, -dx]
        } else if (!isInside(rightX, rightY)) {
          ring.push({ x: left + x, y: top + y })
          ;[dx, dy] = [-dy, dx]
        }
      } while (x !== firstX || y !== firstY || dx !== 0 || dy !== firstDy)
      return ring
    },
  }
}

/** Columns of all edges, row by row, and the index of the first edge of each row and of one row more. */
function listEdges(data: Uint8Array, width: number, height: number): { columns: Int32Array; rowStarts: Int32Array } {
  const scanner = createRunScanner(data)
  const columns: number[] = []
  const rowStarts = new Int32Array(height + 1)
  for (let y = 0; y < height; y++) {
    const row = y * width
    for (let from = row, to = row; from < row + width; from = to) {
      to = scanner.nextChange(from, row + width)
      if (data[from] !== 0) columns.push(from - row, to - row)
    }
    rowStarts[y + 1] = columns.length
  }
  return { columns: Int32Array.from(columns), rowStarts }
}

/** The last index from `low` to `high` whose number is at most `wanted`; the numbers rise. */
function lastAtMost(numbers: Int32Array, wanted: number, low: number, high: number): number {
  let [from, to] = [low, high]
  while (from < to) {
    const middle = (from + to + 1) >> 1
    if ((numbers[middle] ?? 0) <= wanted) from = middle
    else to = middle - 1
  }
  return from
}
