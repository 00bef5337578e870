import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { boxIou } from '../../../src/results/geometry/index.js'
import { maskToBox, maskToEllipse, maskToRotatedBox } from '../../../src/results/mask/index.js'
import { maskFromRows, maskOf } from './masks.js'

describe('shapes of a mask', () => {
  it('gives the box of its pixels, or nothing', () => {
    expect(maskToBox(maskFromRows('....', '.#..', '..#.'))).toEqual({ x: 1, y: 1, width: 2, height: 2 })
    const empty = maskFromRows('...', '...')
    expect(maskToBox(empty)).toBeUndefined()
    expect(maskToRotatedBox(empty)).toBeUndefined()
    expect(maskToEllipse(empty)).toBeUndefined()
  })

  it('keeps an upright box upright', () => {
    const box = maskToRotatedBox(maskOf(60, 40, (x, y) => x > 10 && x < 50 && y > 5 && y < 12))
    expect(box).toEqual({ x: 10, y: 5, width: 40, height: 7 })
  })

  it('finds a turned box again', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 359 }), (degrees) => {
        const [cos, sin] = [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)]
        const mask = maskOf(300, 300, (x, y) => {
          const across = (x - 150) * cos + (y - 150) * sin
          const down = (y - 150) * cos - (x - 150) * sin
          return Math.abs(across) < 100 && Math.abs(down) < 40
        })
        const box = maskToRotatedBox(mask)
        expect(box && boxIou(box, { x: 50, y: 110, width: 200, height: 80, rotation: degrees })).toBeGreaterThan(0.96)
      }),
      { numRuns: 30 },
    )
  })

  it('finds a turned ellipse again', () => {
    const angle = (30 * Math.PI) / 180
    const mask = maskOf(300, 200, (x, y) => {
      const across = (x - 140) * Math.cos(angle) + (y - 90) * Math.sin(angle)
      const down = (y - 90) * Math.cos(angle) - (x - 140) * Math.sin(angle)
      return (across / 80) ** 2 + (down / 30) ** 2 <= 1
    })
    const ellipse = maskToEllipse(mask)
    const expected = { x: 140, y: 90, radiusX: 80, radiusY: 30, rotation: 30 }
    for (const [key, value] of Object.entries(expected)) expect(ellipse).toHaveProperty(key, expect.closeTo(value, 0))
  })
})
