import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  boxOfEllipse,
  clampBox,
  clampPoint,
  ellipseFromPercent,
  ellipseInBox,
  ellipseToPercent,
  isClockwise,
  polygonArea,
  shownSize,
  turnBox,
  turnPoint,
  undoOrientation,
} from '../../../src/results/geometry/index.js'

const stored = { width: 40, height: 30 }

describe('EXIF turns', () => {
  it('moves the stored top-left corner where each orientation says it is seen', () => {
    // EXIF 2.32: 1 top-left, 2 top-right, 3 bottom-right, 4 bottom-left, 5 left-top, 6 right-top, 7 right-bottom, 8 left-bottom.
    const seen = [1, 2, 3, 4, 5, 6, 7, 8].map((orientation) => turnPoint({ x: 0, y: 0 }, orientation, stored))
    expect(seen).toEqual([
      { x: 0, y: 0 },
      { x: 40, y: 0 },
      { x: 40, y: 30 },
      { x: 0, y: 30 },
      { x: 0, y: 0 },
      { x: 30, y: 0 },
      { x: 30, y: 40 },
      { x: 0, y: 40 },
    ])
  })

  it('is undone by the opposite orientation', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 8 }), fc.nat(40), fc.nat(30), (orientation, x, y) => {
        const shown = shownSize(stored, orientation)
        const there = turnPoint({ x, y }, orientation, stored)
        expect(turnPoint(there, undoOrientation(orientation), shown)).toEqual({ x, y })
      }),
    )
  })

  it('turns boxes, upright ones to upright ones', () => {
    expect(turnBox({ x: 1, y: 2, width: 10, height: 5 }, 6, stored)).toEqual({ x: 23, y: 1, width: 5, height: 10 })
    const turned = turnBox({ x: 1, y: 2, width: 10, height: 4, rotation: 30 }, 6, stored)
    expect(turned.rotation).toBeCloseTo(120)
    expect(turned.width).toBeCloseTo(10)
    // A mirror image turns the other way round.
    const mirrored = turnBox({ x: 1, y: 2, width: 10, height: 4, rotation: 30 }, 2, stored)
    expect((mirrored.rotation ?? 0) % 180).toBeCloseTo(150)
    expect(mirrored.width).toBeCloseTo(10)
  })
})

describe('clamping', () => {
  const size = { width: 100, height: 50 }

  it('cuts an upright box to the picture and drops one that is outside', () => {
    expect(clampBox({ x: -5, y: 40, width: 20, height: 20 }, size)).toEqual({ x: 0, y: 40, width: 15, height: 10 })
    expect(clampBox({ x: 100, y: 0, width: 5, height: 5 }, size)).toBeUndefined()
  })

  it('keeps a turned box whole while its centre is inside', () => {
    const box = { x: -5, y: 0, width: 20, height: 20, rotation: 45 }
    expect(clampBox(box, size)).toEqual(box)
    expect(clampBox({ ...box, x: -50 }, size)).toBeUndefined()
  })

  it('moves a point to the edge', () => {
    expect(clampPoint({ x: -1, y: 60 }, size)).toEqual({ x: 0, y: 50 })
  })
})

describe('ellipses and polygons', () => {
  it('fits an ellipse into a box and back, and into percent and back', () => {
    const box = { x: 10, y: 20, width: 30, height: 10, rotation: 15 }
    const ellipse = ellipseInBox(box)
    expect(ellipse).toEqual({ x: 25, y: 25, radiusX: 15, radiusY: 5, rotation: 15 })
    expect(boxOfEllipse(ellipse)).toEqual(box)
    const size = { width: 200, height: 100 }
    expect(ellipseToPercent(ellipse, size)).toEqual({ x: 12.5, y: 25, radiusX: 7.5, radiusY: 5, rotation: 15 })
    expect(ellipseFromPercent(ellipseToPercent(ellipse, size), size)).toEqual(ellipse)
  })

  it('knows area and direction of an outline', () => {
    const clockwise = [
      { x: 0, y: 0 },
      { x: 4, y: 0 },
      { x: 4, y: 3 },
    ]
    expect(polygonArea(clockwise)).toBe(6)
    expect(isClockwise(clockwise)).toBe(true)
    expect(isClockwise([...clockwise].reverse())).toBe(false)
  })
})
