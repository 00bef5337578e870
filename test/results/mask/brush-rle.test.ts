import { decode as decodeThing, encode as encodeThing } from '@thi.ng/rle-pack'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeBrush, encodeBrush } from '../../../src/results/mask/index.js'
import { anyMask, ellipseMask, maskOf } from './masks.js'

/** The RGBA bytes that the editor holds: the alpha in all four. */
function rgba(data: Uint8Array): Uint8Array {
  return Uint8Array.from({ length: data.length * 4 }, (_, index) => data[index >> 2] ?? 0)
}

const anyAlpha = anyMask.chain(({ width, height, data }) =>
  fc
    .uint8Array({ minLength: data.length, maxLength: data.length, max: 3 })
    .map((alpha) => ({ width, height, data: alpha })),
)

describe('encodeBrush', () => {
  it('writes the known bytes of single pixels and full pictures', () => {
    expect(encodeBrush({ width: 1, height: 1, data: Uint8Array.of(1) })).toEqual([0, 0, 0, 4, 57, 27, 252, 127, 224])
    expect(encodeBrush({ width: 1, height: 1, data: Uint8Array.of(0) })).toEqual([0, 0, 0, 4, 57, 27, 252, 96, 0])
    const full = maskOf(16, 16, () => true)
    expect(encodeBrush(full)).toEqual([0, 0, 4, 0, 57, 27, 255, 3, 255, 255])
  })

  it('is byte-equal to rle-pack for masks of any alpha', () => {
    fc.assert(
      fc.property(anyAlpha, (mask) => {
        const reference = encodeThing(rgba(mask.data), mask.data.length * 4, 8)
        expect(encodeBrush(mask, { values: 'alpha' })).toEqual([...reference])
      }),
    )
  })

  it.each([65_536 / 4 - 1, 65_536 / 4, 65_536 / 4 + 1, (65_536 / 4) * 3 + 70])(
    'cuts a run of %i pixels as rle-pack does',
    (pixels) => {
      for (const after of [0, 5]) {
        const mask = maskOf(pixels + after, 1, (x) => x < pixels)
        expect(encodeBrush(mask)).toEqual([...encodeThing(rgba(mask.data), mask.data.length * 4, 8)])
      }
    },
  )

  it('makes every inside pixel solid, whatever byte the model wrote', () => {
    const mask = { width: 4, height: 1, data: Uint8Array.of(0, 1, 7, 255) }
    expect([...decodeBrush(encodeBrush(mask), 4, 1).data]).toEqual([0, 255, 255, 255])
  })

  it('reads a mask that does not start at a multiple of four in its buffer', () => {
    const { width, height, data } = ellipseMask(33, 17)
    const buffer = new Uint8Array(data.length + 1)
    buffer.set(data, 1)
    expect(encodeBrush({ width, height, data: buffer.subarray(1) })).toEqual(encodeBrush({ width, height, data }))
  })

  it('refuses a mask of another size than it says', () => {
    expect(() => encodeBrush({ width: 3, height: 3, data: new Uint8Array(8) })).toThrow(
      expect.objectContaining({ code: 'mask-size-mismatch' }),
    )
  })
})

describe('decodeBrush', () => {
  it('inverts encodeBrush exactly', () => {
    fc.assert(
      fc.property(anyMask, (mask) => {
        expect(decodeBrush(encodeBrush(mask), mask.width, mask.height)).toEqual(mask)
      }),
    )
  })

  it('takes what rle-pack writes of any RGBA bytes, literals too, and keeps their alpha', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 40, maxLength: 40, max: 2 }), (bytes) => {
        const alpha = Array.from({ length: 10 }, (_, pixel) => bytes[pixel * 4 + 3])
        expect([...decodeBrush(encodeThing(bytes, 40, 8), 5, 2).data]).toEqual(alpha)
        expect([...decodeBrush(encodeThing(bytes, 40, 8, [1, 2, 5, 11]), 5, 2).data]).toEqual(alpha)
      }),
    )
  })

  it('is read back by rle-pack', () => {
    const mask = ellipseMask(64, 48)
    expect(decodeThing(Uint8Array.from(encodeBrush(mask)))).toEqual(rgba(mask.data))
  })

  it('ignores bytes after the end', () => {
    const mask = ellipseMask(16, 9)
    expect(decodeBrush([...encodeBrush(mask), 0, 7], 16, 9)).toEqual(mask)
  })

  it('says what is wrong with a broken stream', () => {
    const rle = encodeBrush(ellipseMask(64, 48))
    const code = (rle: ArrayLike<number>, width: number, height: number) => {
      try {
        decodeBrush(rle, width, height)
      } catch (error) {
        return error
      }
    }
    expect(code(rle, 48, 63)).toMatchObject({ code: 'brush-size-mismatch' })
    expect(code(rle.slice(0, -4), 64, 48)).toMatchObject({
      code: 'broken-brush',
      message: expect.stringContaining('too early'),
    })
    expect(code([], 1, 1)).toMatchObject({ code: 'broken-brush' })
    expect(code([0, 0, 0, 4, 57, 27, 252.5, 1], 1, 1)).toMatchObject({ message: expect.stringContaining('number 6') })
    expect(code([0, 0, 0, 4, 57, 27, 255, 127, 224], 1, 1)).toMatchObject({
      message: expect.stringContaining('past the end'),
    })
  })
})
