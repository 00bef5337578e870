import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  boxCorners,
  boxFromCorners,
  boxIou,
  boxToRectangle,
  convertBox,
  rectangleToBox,
  uprightBox,
} from '../../../src/results/geometry/index.js'

const size = { width: 1600, height: 400 }
const side = fc.double({ min: 1, max: 500, noNaN: true })
const box = fc.record({ x: side, y: side, width: side, height: side, rotation: fc.integer({ min: 0, max: 359 }) })

function expectClose(actual: object, expected: object) {
  for (const [key, value] of Object.entries(expected)) expect(actual).toHaveProperty(key, expect.closeTo(value, 6))
}

describe('boxToRectangle', () => {
  it('leaves an upright box at its top-left corner', () => {
    expect(boxToRectangle({ x: 160, y: 100, width: 320, height: 40 }, size)).toEqual({
      x: 10,
      y: 25,
      width: 20,
      height: 10,
      rotation: 0,
    })
  })

  it('moves the corner of a turned box, in pixels of a picture that is not square', () => {
    // Centre (800, 200), 200 wide and 100 high, a quarter turn clockwise: its first corner goes to the top right.
    const rectangle = boxToRectangle({ x: 700, y: 150, width: 200, height: 100, rotation: 90 }, size)
    expectClose(rectangle, { x: (850 / 1600) * 100, y: (100 / 400) * 100, width: 12.5, height: 25, rotation: 90 })
  })

  it('is undone by rectangleToBox', () => {
    fc.assert(
      fc.property(box, (original) => {
        const back = rectangleToBox(boxToRectangle(original, size), size)
        expectClose({ rotation: 0, ...back }, original)
      }),
    )
  })

  it('brings every angle into 0..360', () => {
    expect(boxToRectangle({ x: 0, y: 0, width: 10, height: 10, rotation: -30 }, size).rotation).toBe(330)
    expect(boxToRectangle({ x: 0, y: 0, width: 10, height: 10, rotation: 720 }, size).rotation).toBe(0)
  })
})

describe('boxFromCorners', () => {
  it('inverts boxCorners, in either direction around', () => {
    fc.assert(
      fc.property(box, (original) => {
        const [a, b, c, d] = boxCorners(original)
        expectClose({ rotation: 0, ...boxFromCorners([a, b, c, d]) }, original)
        expect(boxIou(boxFromCorners([d, c, b, a]), original)).toBeCloseTo(1, 6)
      }),
    )
  })
})

describe('boxIou', () => {
  it('is that of upright boxes', () => {
    expect(boxIou({ x: 0, y: 0, width: 2, height: 2 }, { x: 1, y: 1, width: 2, height: 2 })).toBeCloseTo(1 / 7)
    expect(boxIou({ x: 0, y: 0, width: 2, height: 2 }, { x: 2, y: 0, width: 2, height: 2 })).toBe(0)
    expect(boxIou({ x: 0, y: 0, width: 0, height: 0 }, { x: 0, y: 0, width: 0, height: 0 })).toBe(0)
  })

  it('sees that a square turned by 45 degrees cuts an octagon', () => {
    const square = { x: -1, y: -1, width: 2, height: 2 }
    const octagon = 8 * (Math.SQRT2 - 1)
    expect(boxIou(square, { ...square, rotation: 45 })).toBeCloseTo(octagon / (8 - octagon), 9)
  })

  it('agrees with a count of pixel centres for turned boxes', () => {
    const [a, b] = [
      { x: 10, y: 20, width: 60, height: 30, rotation: 25 },
      { x: 30, y: 10, width: 40, height: 50, rotation: 300 },
    ] as const
    let shared = 0
    let union = 0
    for (let x = 0.125; x < 100; x += 0.25) {
      for (let y = 0.125; y < 100; y += 0.25) {
        const [inA, inB] = [holds(a, x, y), holds(b, x, y)]
        if (inA && inB) shared++
        if (inA || inB) union++
      }
    }
    expect(boxIou(a, b)).toBeCloseTo(shared / union, 2)
  })
})

/** Turns the point back about the box's centre and looks whether it is inside. */
function holds(
  { x, y, width, height, rotation }: { x: number; y: number; width: number; height: number; rotation: number },
  px: number,
  py: number,
): boolean {
  const angle = (-rotation * Math.PI) / 180
  const [dx, dy] = [px - x - width / 2, py - y - height / 2]
  const across = dx * Math.cos(angle) - dy * Math.sin(angle)
  const down = dx * Math.sin(angle) + dy * Math.cos(angle)
  return Math.abs(across) <= width / 2 && Math.abs(down) <= height / 2
}

describe('uprightBox and convertBox', () => {
  it('bounds a turned box', () => {
    expectClose(uprightBox({ x: 0, y: 0, width: 4, height: 2, rotation: 90 }), { x: 1, y: -1, width: 2, height: 4 })
  })

  it('goes between pixels, fractions and percent', () => {
    const pixels = { x: 160, y: 100, width: 320, height: 40, rotation: 10 }
    expect(convertBox(pixels, 'pixel', 'fraction', size)).toEqual({
      x: 0.1,
      y: 0.25,
      width: 0.2,
      height: 0.1,
      rotation: 10,
    })
    expect(convertBox(convertBox(pixels, 'pixel', 'percent', size), 'percent', 'pixel', size)).toEqual(pixels)
  })
})
