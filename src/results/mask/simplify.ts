/** Fewer corners for an outline, within a tolerance in pixels. */

import { polygonArea } from '../geometry/polygon.js'
import type { Point } from '../geometry/units.js'
import type { Ring } from './contours.js'

/**
 * A ring of pixel edges with fewer corners, none of it farther from the pixel edges than `tolerance` pixels (0 keeps
 * every corner). From half a pixel on, the stairs of a slanted side are first replaced by the line through their middle,
 * so that the area stays; then Douglas and Peucker's method thins the corners.
 *
 * A ring that would vanish is simplified less; the answer always has at least three corners.
 */
export function simplifyRing(ring: Ring, tolerance: number): Ring {
  const smooth = tolerance >= STAIR ? straightenStairs(ring) : ring
  for (let left = tolerance >= STAIR ? tolerance - STAIR : tolerance; left > 0.01; left /= 2) {
    const simple = thin(smooth, left)
    if (simple.length >= 3 && polygonArea(simple) >= polygonArea(ring) / 2) return simple
  }
  return smooth
}

/** How far straightening may move an outline: half of a step of one pixel. */
const STAIR = 0.5

/**
 * Puts the middles of their sides in place of corners between two sides that both lead on in the same direction
 * (stairs), where one of them is a single pixel long. Corners of ends and bulges stay.
 */
function straightenStairs(ring: Ring): Ring {
  const sides = ring.map((from, index) => sideAt(ring, index, from))
  const smooth: Point[] = []
  sides.forEach((side, index) => {
    const before = sides.at(index - 1) ?? side
    const after = sides[(index + 1) % sides.length] ?? side
    const dropsFrom = isStair(before, side)
    const dropsTo = isStair(side, after)
    if (!dropsFrom) smooth.push(side.from)
    if (dropsFrom || dropsTo) smooth.push({ x: (side.from.x + side.to.x) / 2, y: (side.from.y + side.to.y) / 2 })
  })
  return smooth.length >= 3 ? smooth : ring
}

interface Side {
  readonly from: Point
  readonly to: Point
  readonly length: number
  /** It turns one way at its start and the other way at its end. */
  readonly leadsOn: boolean
}

function sideAt(ring: Ring, index: number, from: Point): Side {
  const before = ring.at(index - 1) ?? from
  const to = ring[(index + 1) % ring.length] ?? from
  const after = ring[(index + 2) % ring.length] ?? to
  const length = Math.abs(to.x - from.x) + Math.abs(to.y - from.y)
  return { from, to, length, leadsOn: cross(before, from, to) * cross(from, to, after) < 0 }
}

function isStair(a: Side, b: Side): boolean {
  return a.leadsOn && b.leadsOn && Math.min(a.length, b.length) <= 1
}

function cross(a: Point, b: Point, c: Point): number {
  return (b.x - a.x) * (c.y - b.y) - (b.y - a.y) * (c.x - b.x)
}

/** Douglas and Peucker on a closed ring, split at its first corner and the one farthest from that. */
function thin(ring: Ring, tolerance: number): Ring {
  const [first] = ring
  if (first === undefined) return ring
  const closed = [...ring, first]
  const keep = new Uint8Array(closed.length)
  const middle = farthest(closed, 0, closed.length - 1).index
  keep[0] = 1
  keep[middle] = 1
  const open: [number, number][] = [
    [0, middle],
    [middle, closed.length - 1],
  ]
  for (let span = open.pop(); span !== undefined; span = open.pop()) {
    const [from, to] = span
    const { index, distance } = farthest(closed, from, to)
    if (distance <= tolerance * tolerance) continue
    keep[index] = 1
    open.push([from, index], [index, to])
  }
  return ring.filter((_, index) => keep[index] === 1)
}

/** The corner between two others that is farthest from the line they span, and the square of its distance. */
function farthest(ring: Ring, from: number, to: number): { index: number; distance: number } {
  const a = ring[from]
  const b = ring[to]
  let found = { index: from, distance: -1 }
  if (a === undefined || b === undefined) return found
  for (let index = from + 1; index < to; index++) {
    const point = ring[index]
    if (point === undefined) continue
    const distance = squaredDistance(point, a, b)
    if (distance > found.distance) found = { index, distance }
  }
  return found
}

/** From a point to the stretch between two others. */
function squaredDistance(point: Point, a: Point, b: Point): number {
  const dx = b.x - a.x
  const dy = b.y - a.y
  const length = dx * dx + dy * dy
  const along = length === 0 ? 0 : ((point.x - a.x) * dx + (point.y - a.y) * dy) / length
  const t = Math.min(1, Math.max(0, along))
  return (point.x - a.x - t * dx) ** 2 + (point.y - a.y - t * dy) ** 2
}
