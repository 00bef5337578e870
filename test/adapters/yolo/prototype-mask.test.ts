import fc from 'fast-check'
import { expect, it } from 'vitest'
import { drawMask, type Prototypes } from '../../../src/adapters/yolo/tasks/prototype-mask.js'
import { atOnce } from '../../../src/inference/pictures/in-turns.js'
import { type Placement, place, type Size } from '../../../src/inference/pictures/letterbox.js'
import type { Box } from '../../../src/results/findings.js'

type Level = (x: number, y: number) => number

/** One value of PyTorch's `interpolate(…, align_corners=False)`, of a map of some size drawn at another. */
function interpolated(level: Level, from: Size, to: Size, x: number, y: number): number {
  const tap = (at: number, length: number, drawn: number) => {
    const place = Math.max(0, ((at + 0.5) * length) / drawn - 0.5)
    const first = Math.min(Math.floor(place), length - 1)
    return { first, second: Math.min(first + 1, length - 1), part: place - first }
  }
  const column = tap(x, from.width, to.width)
  const row = tap(y, from.height, to.height)
  const across = (at: number) => level(column.first, at) * (1 - column.part) + level(column.second, at) * column.part
  return Math.fround(across(row.first) * (1 - row.part) + across(row.second) * row.part)
}

/** The pixels inside, by maps that are computed as a whole. */
function inside(
  { data, count, width, height }: Prototypes,
  weights: Float32Array,
  box: Box,
  picture: Size,
  placed: Placement,
): string[] {
  const mixed: Level = (x, y) => {
    let sum = 0
    for (let k = 0; k < count; k++)
      sum = Math.fround(sum + (weights[k] ?? 0) * (data[(k * height + y) * width + x] ?? 0))
    return sum
  }
  const { inner } = placed
  const scale = placed.width / width
  const isWhole = [inner.left, inner.top, inner.width, inner.height].every((side) => side % scale === 0)
  const [level, area] = isWhole
    ? [mixed, { left: inner.left / scale, top: inner.top / scale, ...sized(inner, scale) }]
    : [(x: number, y: number) => interpolated(mixed, { width, height }, placed, x, y), inner]
  const cut: Level = (x, y) => level(area.left + x, area.top + y)
  const pixels: string[] = []
  for (let y = 0; y < picture.height; y++)
    for (let x = 0; x < picture.width; x++) {
      const isBoxed = x >= box.x && x < box.x + box.width && y >= box.y && y < box.y + box.height
      if (isBoxed && interpolated(cut, area, picture, x, y) > 0) pixels.push(`${x},${y}`)
    }
  return pixels
}

function sized({ width, height }: Size, scale: number): Size {
  return { width: width / scale, height: height / scale }
}

const side = fc.integer({ min: 1, max: 60 })
const fraction = fc.double({ min: 0, max: 1, noNaN: true })

it('draws the pixels of the maps as a whole, whatever part of them it computes', () => {
  const weights = fc.float32Array({ minLength: 3, maxLength: 3, min: -2, max: 2, noNaN: true })
  const levels = fc.float32Array({ minLength: 3 * 64, maxLength: 3 * 64, min: -1, max: 1, noNaN: true })
  fc.assert(
    fc.property(
      levels,
      weights,
      side,
      side,
      fc.tuple(fraction, fraction, fraction, fraction),
      (data, given, w, h, at) => {
        const picture = { width: w, height: h }
        const [a, b, c, d] = at
        const box = {
          x: Math.min(a, b) * w,
          y: Math.min(c, d) * h,
          width: Math.abs(a - b) * w,
          height: Math.abs(c - d) * h,
        }
        const prototypes = { data, count: 3, width: 8, height: 8 }
        const placed = place(picture, { width: 32, height: 32 }, 'letterbox')
        const { data: bytes, crop } = atOnce(drawMask(prototypes, given, box, picture, placed))
        const found = [...bytes.entries()].filter(([, byte]) => byte === 1)
        const { x = 0, y = 0, width = 1 } = crop ?? {}
        expect(found.map(([i]) => `${x + (i % width)},${y + Math.floor(i / width)}`)).toEqual(
          inside(prototypes, given, box, picture, placed),
        )
      },
    ),
    { numRuns: 200 },
  )
})

it('is drawn in steps of a row, between which others have their turns', () => {
  const prototypes = { data: new Float32Array(64).fill(1), count: 1, width: 8, height: 8 }
  const picture = { width: 50, height: 40 }
  const placed = place(picture, { width: 32, height: 32 }, 'letterbox')
  const steps = drawMask(prototypes, Float32Array.of(1), { x: 0, y: 0, width: 50, height: 40 }, picture, placed)
  expect([...steps]).toHaveLength(40)
})
