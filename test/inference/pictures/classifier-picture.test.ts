import fc from 'fast-check'
import { expect, it } from 'vitest'
import { classifierPicture } from '../../../src/inference/pictures/classifier-picture.js'
import { atOnce } from '../../../src/inference/pictures/in-turns.js'
import type { Pixels } from '../../../src/inference/pictures/pixels.js'
import { resizeAntialiased } from '../../../src/inference/pictures/resize-antialiased.js'
import { roundHalfEven } from '../../../src/inference/pictures/round-half-even.js'

const sides = (max: number) => fc.integer({ min: 1, max })
const anyPixels = fc
  .oneof(fc.tuple(sides(60), sides(60)), fc.tuple(sides(400), sides(2)), fc.tuple(sides(2), sides(400)))
  .chain(([width, height]) =>
    fc
      .uint8Array({ minLength: width * height * 3, maxLength: width * height * 3 })
      .map((data): Pixels => ({ width, height, data })),
  )

/** The middle of the whole picture, scaled so that its short side has `side` pixels. */
function cutFromWhole(source: Pixels, side: number): number[] {
  const short = Math.min(source.width, source.height)
  const whole = resizeAntialiased(
    source,
    Math.trunc((side * source.width) / short),
    Math.trunc((side * source.height) / short),
  )
  const left = roundHalfEven((whole.width - side) / 2)
  const top = roundHalfEven((whole.height - side) / 2)
  return Array.from({ length: side }, (_, y) => {
    const from = ((top + y) * whole.width + left) * 3
    return [...whole.data.subarray(from, from + side * 3)]
  }).flat()
}

it('is the middle of the whole scaled picture, byte by byte', () => {
  fc.assert(
    fc.property(anyPixels, sides(24), (pixels, side) => {
      const { pixels: cropped } = atOnce(classifierPicture(pixels, { width: side, height: side }))
      expect([cropped.width, cropped.height]).toEqual([side, side])
      expect([...cropped.data]).toEqual(cutFromWhole(pixels, side))
    }),
    { numRuns: 150 },
  )
})

it.each([
  [1_000_000, 1],
  [1, 1_000_000],
])('of %i×%i pixels computes no more than it gives', (width, height) => {
  const data = new Uint8Array(width * height * 3).fill(7).fill(200, (width * height * 3) / 2)
  const { pixels } = atOnce(classifierPicture({ width, height, data }, { width: 160, height: 160 }))
  // From the middle of the last dark pixel to that of the first bright one.
  const line = Array.from({ length: 160 }, (_, at) => pixels.data[at * (width > height ? 3 : 160 * 3)] ?? -1)
  const off = line.map((value, at) => Math.abs(value - (7 + (193 * (at + 0.5)) / 160)))
  expect(Math.max(...off)).toBeLessThan(0.51)
})
