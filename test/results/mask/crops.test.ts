import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { MaskPixels } from '../../../src/results/findings.js'
import {
  cleanMask,
  cocoCounts,
  encodeBitmask,
  encodeBrush,
  maskArea,
  maskToBox,
  maskToEllipse,
  maskToPolygons,
  maskToRotatedBox,
  traceContours,
  wholeMask,
} from '../../../src/results/mask/index.js'
import { anyMask } from './masks.js'

/** A mask in a larger picture, at its edges too. */
const margin = fc.integer({ min: 0, max: 6 })
const anyCrop: fc.Arbitrary<MaskPixels> = fc
  .tuple(anyMask, fc.record({ left: margin, top: margin, right: margin, bottom: margin }))
  .map(([{ width, height, data }, { left, top, right, bottom }]) => ({
    width: left + width + right,
    height: top + height + bottom,
    // Some of it half transparent.
    data: data.map((byte, i) => (byte === 0 ? 0 : i % 3 === 0 ? 90 : 255)),
    crop: { x: left, y: top, width, height },
  }))

describe('a mask with the bytes of its crop alone', () => {
  it.each<[string, (mask: MaskPixels) => unknown]>([
    ['brush', encodeBrush],
    ['brush of alpha', (mask) => encodeBrush(mask, { values: 'alpha' })],
    ['bitmask', encodeBitmask],
    ['COCO', cocoCounts],
    ['area', maskArea],
    ['box', maskToBox],
    ['turned box', maskToRotatedBox],
    ['ellipse', maskToEllipse],
    ['contours', traceContours],
    ['polygons', maskToPolygons],
    ['split polygons', (mask) => maskToPolygons(mask, { holes: 'split' })],
    ['without specks and pinholes', (mask) => wholeMask(cleanMask(mask, { minArea: 4, minHoleArea: 4 }))],
  ])('gives the same %s as the whole one', (_, of) => {
    fc.assert(
      fc.property(anyCrop, (mask) => {
        expect(of(mask)).toEqual(of(wholeMask(mask)))
      }),
    )
  })

  it('may be empty', () => {
    const mask = { width: 5, height: 4, data: new Uint8Array(), crop: { x: 5, y: 1, width: 0, height: 2 } }
    expect(maskToBox(mask)).toBeUndefined()
    expect(maskToPolygons(mask)).toEqual([])
    expect(encodeBrush(mask)).toEqual(encodeBrush(wholeMask(mask)))
    expect(cocoCounts(mask)).toEqual([20])
  })

  it.each([
    { x: 3, y: 0, width: 3, height: 2 },
    { x: 0, y: -1, width: 3, height: 2 },
    { x: 0.5, y: 0, width: 3, height: 2 },
    { x: 0, y: 0, width: 2, height: 2 },
  ])('is refused when the crop is not inside or has other bytes: %j', (crop) => {
    const mask = { width: 5, height: 4, data: new Uint8Array(6), crop }
    for (const of of [encodeBrush, encodeBitmask, cocoCounts, traceContours, maskToBox, wholeMask])
      expect(() => of(mask)).toThrow(expect.objectContaining({ code: 'mask-size-mismatch' }))
  })
})
