import fc from 'fast-check'
import { expect, it, vi } from 'vitest'
import { inTurns } from '../../../src/inference/pictures/in-turns.js'
import type { Pixels } from '../../../src/inference/pictures/pixels.js'
import { resizeAntialiased, resizeRows } from '../../../src/inference/pictures/resize-antialiased.js'

const side = fc.integer({ min: 1, max: 40 })
const anyPixels = fc
  .tuple(side, side)
  .chain(([width, height]) =>
    fc
      .uint8Array({ minLength: width * height * 3, maxLength: width * height * 3 })
      .map((data): Pixels => ({ width, height, data })),
  )

/** One line of `length` values, `step` apart, as `ImagingResample` writes it: value by value, in the widest numbers. */
function resampleLine(line: readonly number[], to: number): number[] {
  const scale = line.length / to
  const support = Math.max(scale, 1)
  return Array.from({ length: to }, (_, i) => {
    const centre = (i + 0.5) * scale
    const first = Math.max(0, Math.trunc(centre - support + 0.5))
    const last = Math.min(line.length, Math.trunc(centre + support + 0.5))
    const weights = line.slice(first, last).map((_, k) => Math.max(0, 1 - Math.abs(first + k - centre + 0.5) / support))
    const total = weights.reduce((sum, weight) => sum + weight, 0)
    const whole = weights.map((weight) => BigInt(Math.trunc((weight / total) * 2 ** 22 + 0.5)))
    const sum = whole.reduce((all, weight, k) => all + weight * BigInt(line[first + k] ?? 0), 1n << 21n)
    return Number(sum >> 22n)
  })
}

function resized({ width, height, data }: Pixels, to: { width: number; height: number }): number[] {
  const at = (x: number, y: number, channel: number) => data[(y * width + x) * 3 + channel] ?? 0
  const planes = [0, 1, 2].map((channel) => {
    const rows = Array.from({ length: height }, (_, y) =>
      resampleLine(
        Array.from({ length: width }, (_, x) => at(x, y, channel)),
        to.width,
      ),
    )
    return Array.from({ length: to.width }, (_, x) =>
      resampleLine(
        rows.map((row) => row[x] ?? 0),
        to.height,
      ),
    )
  })
  return Array.from({ length: to.width * to.height * 3 }, (_, i) => {
    const pixel = Math.floor(i / 3)
    return planes[i % 3]?.[pixel % to.width]?.[Math.floor(pixel / to.width)] ?? -1
  })
}

it('is Pillow’s arithmetic, bit by bit', () => {
  fc.assert(
    fc.property(anyPixels, side, side, (pixels, width, height) => {
      expect([...resizeAntialiased(pixels, width, height).data]).toEqual(resized(pixels, { width, height }))
    }),
    { numRuns: 60 },
  )
})

it('leaves white white and black black', () => {
  for (const value of [0, 255]) {
    const plain = { width: 97, height: 61, data: new Uint8Array(97 * 61 * 3).fill(value) }
    expect(new Set(resizeAntialiased(plain, 40, 23).data)).toEqual(new Set([value]))
  }
})

it('gives the same in turns, and lets others have theirs', async () => {
  const pixels = { width: 50, height: 40, data: Uint8Array.from({ length: 6000 }, (_, i) => (i * 7919) % 256) }
  let clock = 0
  const spy = vi.spyOn(performance, 'now').mockImplementation(() => clock++)
  let others = 0
  const other = () => {
    others++
    handle = setImmediate(other)
  }
  let handle = setImmediate(other)
  const inParts = await inTurns(resizeRows(pixels, { width: 30, height: 20 }))
  clearImmediate(handle)
  spy.mockRestore()
  expect(inParts).toEqual(resizeAntialiased(pixels, 30, 20))
  expect(others).toBeGreaterThan(5)
})
