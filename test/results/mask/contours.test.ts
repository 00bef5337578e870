import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isClockwise } from '../../../src/results/geometry/index.js'
import {
  cleanMask,
  contourArea,
  fillPolygons,
  type HoleStyle,
  maskArea,
  maskToPolygons,
  traceContours,
} from '../../../src/results/mask/index.js'
import { anyMask, anyShape, ellipseMask, maskFromRows, maskIou, maskOf, rowsOfMask } from './masks.js'

const ring = maskFromRows('........', '.#####..', '.#...#..', '.#.#.#..', '.#...#..', '.#####..', '........')

describe('traceContours', () => {
  it('finds parts inside holes of other parts', () => {
    const [outer, inner] = traceContours(ring)
    expect(outer?.outline).toHaveLength(4)
    expect(outer?.holes).toHaveLength(1)
    expect(outer && contourArea(outer)).toBe(16)
    expect(inner).toEqual({ outline: expect.any(Array), holes: [] })
    expect(new Set(inner?.outline.map(({ x, y }) => `${x},${y}`))).toEqual(new Set(['3,3', '4,3', '4,4', '3,4']))
  })

  it('joins pixels that touch at a corner', () => {
    expect(traceContours(maskFromRows('#.', '.#'))).toHaveLength(1)
    expect(traceContours(maskFromRows('.#.', '#.#', '.#.'))).toMatchObject([{ holes: [expect.any(Array)] }])
  })

  it('gives outlines that fill to the very same mask, under both rules', () => {
    fc.assert(
      fc.property(anyMask, (mask) => {
        const contours = traceContours(mask)
        const rings = contours.flatMap(({ outline, holes }) => [outline, ...holes])
        expect(fillPolygons(rings, mask.width, mask.height)).toEqual(mask)
        expect(fillPolygons(rings, mask.width, mask.height, 'nonzero')).toEqual(mask)
        expect(contours.reduce((sum, contour) => sum + contourArea(contour), 0)).toBe(maskArea(mask))
        for (const { outline, holes } of contours) {
          expect(isClockwise(outline)).toBe(true)
          for (const hole of holes) expect(isClockwise(hole)).toBe(false)
        }
      }),
    )
  })
})

describe('maskToPolygons', () => {
  it('keeps the four corners of a box at every tolerance', () => {
    const box = maskOf(100, 60, (x, y) => x > 20 && x < 70 && y > 10 && y < 50)
    for (const tolerance of [0, 0.5, 1, 3]) {
      const [polygon] = maskToPolygons(box, { tolerance })
      expect(new Set(polygon?.map(({ x, y }) => `${x},${y}`))).toEqual(new Set(['20,10', '70,10', '70,50', '20,50']))
    }
  })

  it.each<HoleStyle>(['bridge', 'split'])('covers just the mask with holes: %s', (holes) => {
    fc.assert(
      fc.property(anyMask, (mask) => {
        const polygons = maskToPolygons(mask, { tolerance: 0, holes })
        expect(unionOf(polygons, mask.width, mask.height)).toEqual(rowsOfMask(mask))
      }),
      { numRuns: 60 },
    )
  })

  it('covers holes with holes: fill', () => {
    const polygons = maskToPolygons(ring, { tolerance: 0, holes: 'fill', parts: 'largest' })
    expect(polygons).toHaveLength(1)
    expect(rowsOfMask(fillPolygons(polygons, ring.width, ring.height))[3]).toBe('.#####..')
  })

  it.each<HoleStyle>(['bridge', 'split'])('stays at IoU 0.98 within one pixel: %s', (holes) => {
    fc.assert(
      fc.property(anyShape, (mask) => {
        const polygons = maskToPolygons(mask, { holes, minArea: 200 })
        const original = cleanMask(mask, { minArea: 200 })
        const back = fillPolygons(polygons, mask.width, mask.height, 'nonzero')
        expect(maskIou(back, original)).toBeGreaterThanOrEqual(0.98)
      }),
      // Always the same shapes: one pixel is more than 0.02 of a few thin ones.
      { numRuns: 60, seed: 5 },
    )
  })

  it('needs few corners for a smooth shape', () => {
    const mask = ellipseMask(1920, 1080)
    const [polygon = []] = maskToPolygons(mask)
    expect(polygon.length).toBeLessThan(120)
    expect(maskIou(fillPolygons([polygon], 1920, 1080), mask)).toBeGreaterThan(0.998)
  })

  it('never loses a thin thing', () => {
    const line = maskOf(40, 40, (x, y) => Math.abs(x - y) < 0.9 && x > 5 && x < 30)
    const [polygon = []] = maskToPolygons(line, { tolerance: 5 })
    expect(polygon.length).toBeGreaterThanOrEqual(3)
  })

  it('leaves out parts and holes that are too small', () => {
    expect(maskToPolygons(ring, { minArea: 2 })).toHaveLength(1)
    expect(maskToPolygons(ring, { tolerance: 0, minHoleArea: 10, parts: 'largest' })[0]).toHaveLength(4)
  })
})

describe('cleanMask', () => {
  it('removes specks and fills pinholes, and leaves the original alone', () => {
    const specks = maskFromRows('#.......', '..####..', '..#.##..', '..####..', '.......#')
    const before = rowsOfMask(specks)
    expect(rowsOfMask(cleanMask(specks, { minArea: 2, minHoleArea: 2 }))).toEqual([
      '........',
      '..####..',
      '..####..',
      '..####..',
      '........',
    ])
    expect(rowsOfMask(specks)).toEqual(before)
  })

  it('fills a small hole with all that lies in it', () => {
    const eye = maskFromRows('#######', '#.....#', '#.###.#', '#.#.#.#', '#.###.#', '#.....#', '#######')
    const filled = ['#######', '#######', '#######', '#######', '#######', '#######', '#######']
    expect(rowsOfMask(cleanMask(eye, { minHoleArea: 26 }))).toEqual(filled)
    expect(rowsOfMask(cleanMask(eye, { minArea: 9, minHoleArea: 26 }))).toEqual(filled)
  })

  it('copies nothing where there is nothing to clean', () => {
    const mask = ellipseMask(64, 48)
    expect(cleanMask(mask, { minArea: 16, minHoleArea: 16 })).toBe(mask)
  })
})

describe('fillPolygons', () => {
  const outer = [
    { x: 0, y: 0 },
    { x: 5, y: 0 },
    { x: 5, y: 5 },
    { x: 0, y: 5 },
  ]
  const inner = outer.map(({ x, y }) => ({ x: x / 5 + 2, y: y / 5 + 2 }))

  it('differs by its rule where rings run the same way', () => {
    expect(maskArea(fillPolygons([outer, inner], 5, 5, 'evenodd'))).toBe(24)
    expect(maskArea(fillPolygons([outer, inner], 5, 5, 'nonzero'))).toBe(25)
  })

  it('cuts off what is outside the picture', () => {
    const large = outer.map(({ x, y }) => ({ x: x * 4 - 5, y: y * 4 - 5 }))
    expect(maskArea(fillPolygons([large], 3, 3))).toBe(9)
  })
})

/** Rows of all polygons, each filled alone by `nonzero`. */
function unionOf(polygons: ReturnType<typeof maskToPolygons>, width: number, height: number): string[] {
  const union = new Uint8Array(width * height)
  for (const polygon of polygons) {
    fillPolygons([polygon], width, height, 'nonzero').data.forEach((value, index) => {
      if (value !== 0) union[index] = value
    })
  }
  return rowsOfMask({ width, height, data: union })
}
