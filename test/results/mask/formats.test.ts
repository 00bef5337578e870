import fc from 'fast-check'
import { encode as encodePng } from 'fast-png'
import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import {
  cocoCounts,
  decodeBitmask,
  decodeCocoRle,
  encodeBitmask,
  encodeCocoRle,
} from '../../../src/results/mask/index.js'
import { anyMask, ellipseMask, maskFromRows, rowsOfMask } from './masks.js'

describe('COCO RLE', () => {
  it('runs down the columns, outside first', () => {
    expect(cocoCounts(maskFromRows('.##', '..#'))).toEqual([2, 1, 1, 2])
    expect(cocoCounts(maskFromRows('#.', '#.'))).toEqual([0, 2, 2])
  })

  it('packs counts as pycocotools does', () => {
    // What pycocotools 2.0.11 `mask.encode` answers for these masks.
    expect(encodeCocoRle(maskFromRows('.##', '..#'))).toEqual({ size: [2, 3], counts: '2111' })
    expect(encodeCocoRle(ellipseMask(64, 48))).toEqual({
      size: [48, 64],
      counts:
        'f94X18J4M2N2N2N2N2N2N2O0O2O0O2O0O2O00000O2O00000000000000000000000001N1000001N101N101N101N2N2N2N2N2N2N3L6H^8',
    })
    expect(decodeCocoRle({ size: [2, 3], counts: [2, 1, 1, 2] })).toEqual(maskFromRows('.##', '..#'))
  })

  it('is undone exactly, packed and plain', () => {
    fc.assert(
      fc.property(anyMask, (mask) => {
        expect(decodeCocoRle(encodeCocoRle(mask))).toEqual(mask)
        expect(decodeCocoRle({ size: [mask.height, mask.width], counts: cocoCounts(mask) })).toEqual(mask)
      }),
    )
    const large = ellipseMask(700, 500)
    expect(decodeCocoRle(encodeCocoRle(large))).toEqual(large)
  })

  it('refuses runs that do not fill the size', () => {
    const code = expect.objectContaining({ code: 'broken-coco-rle' })
    expect(() => decodeCocoRle({ size: [2, 2], counts: [1, 2] })).toThrow(code)
    expect(() => decodeCocoRle({ size: [2, 2], counts: [1, 9] })).toThrow(code)
    expect(() => decodeCocoRle({ size: [2, 2], counts: [-1, 5] })).toThrow(code)
    expect(() => decodeCocoRle({ size: [2, 2], counts: 'é' })).toThrow(code)
  })
})

describe('bitmasks', () => {
  it('are undone exactly', () => {
    fc.assert(
      fc.property(anyMask, (mask) => {
        expect(decodeBitmask(encodeBitmask(mask), mask.width, mask.height)).toEqual(mask)
      }),
      { numRuns: 30 },
    )
  })

  it('are black where they are opaque, and clear elsewhere, to any reader of PNG', async () => {
    const mask = ellipseMask(37, 21)
    const png = Buffer.from(encodeBitmask(mask).slice('data:image/png;base64,'.length), 'base64')
    const { data, info } = await sharp(png)
      .toColourspace('srgb')
      .ensureAlpha()
      .raw()
      .toBuffer({ resolveWithObject: true })
    expect([info.width, info.height, info.channels]).toEqual([37, 21, 4])
    expect([...data]).toEqual([...mask.data].flatMap((inside) => [0, 0, 0, inside === 0 ? 0 : 255]))
  })

  it('reads a PNG as a canvas writes it', () => {
    const url =
      'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAcAAAAFCAYAAACJmvbYAAAAGUlEQVR4nGNgwAMYkdj/0eWY8OnEK4kXAABqFwEGFwQ2rQAAAABJRU5ErkJggg=='
    const rows = rowsOfMask(decodeBitmask(url, 7, 5))
    expect(rows.join('').replaceAll('.', '')).toHaveLength(12)
    expect(rows).toHaveLength(5)
  })

  it('marks everything where a PNG has no alpha, and reads palettes', () => {
    const url = (png: Parameters<typeof encodePng>[0]) =>
      `data:image/png;base64,${Buffer.from(encodePng(png)).toString('base64')}`
    const grey = url({ width: 2, height: 1, data: Uint8Array.of(0, 255), channels: 1 })
    expect([...decodeBitmask(grey, 2, 1).data]).toEqual([255, 255])
    const deep = url({ width: 2, height: 1, data: Uint16Array.of(0, 0, 0, 65_535), channels: 2, depth: 16 })
    expect([...decodeBitmask(deep, 2, 1).data]).toEqual([0, 255])
    const palette = [
      [0, 0, 0, 0],
      [9, 9, 9, 200],
    ]
    const indexed = url({ width: 3, height: 1, data: Uint8Array.of(1, 0, 1), channels: 1, palette })
    expect([...decodeBitmask(indexed, 3, 1).data]).toEqual([200, 0, 200])
  })

  it('says what is wrong', () => {
    const url = encodeBitmask(ellipseMask(20, 10))
    expect(() => decodeBitmask(url, 10, 20)).toThrow(expect.objectContaining({ code: 'bitmask-size-mismatch' }))
    for (const wrong of [
      '',
      'data:image/jpeg;base64,AAAA',
      'data:image/png;base64,%',
      'data:image/png;base64,AAAA',
      url.slice(0, -30),
    ]) {
      expect(() => decodeBitmask(wrong, 20, 10)).toThrow(expect.objectContaining({ code: 'broken-bitmask' }))
    }
  })
})
