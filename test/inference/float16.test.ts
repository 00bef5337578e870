import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fromFloat16, toFloat16 } from '../../src/inference/float16.js'

const KNOWN = [
  [0, 0x0000],
  [-0, 0x8000],
  [1, 0x3c00],
  [-2, 0xc000],
  [65504, 0x7bff],
  [65520, 0x7c00],
  [Number.POSITIVE_INFINITY, 0x7c00],
  [Number.NEGATIVE_INFINITY, 0xfc00],
  [2 ** -14, 0x0400],
  [2 ** -24, 0x0001],
  [2 ** -25, 0x0000],
  [2 ** -25 * 1.5, 0x0001],
  [1 / 3, 0x3555],
  [114 / 255, 0x3727],
  [1 + 2 ** -11, 0x3c00],
  [1 + 3 * 2 ** -11, 0x3c02],
] as const

describe('float16', () => {
  it.each(KNOWN)('%d is 0x%x', (value, bits) => {
    expect(toFloat16(new Float32Array([value]))[0]).toBe(bits)
  })

  it('keeps every half but the payload of NaN on the way to single and back', () => {
    const all = Uint16Array.from({ length: 65536 }, (_, bits) => bits)
    const back = toFloat16(fromFloat16(all))
    const notANumber = (bits: number) => (bits & 0x7c00) === 0x7c00 && (bits & 0x3ff) !== 0
    expect([...back].filter((bits, i) => bits !== i && !notANumber(i))).toEqual([])
    expect([...back].filter((bits, i) => notANumber(i) !== notANumber(bits))).toEqual([])
  })

  it('rounds to the nearest', () => {
    fc.assert(
      fc.property(fc.float({ min: -60000, max: 60000, noNaN: true }), (value) => {
        const [bits = 0] = toFloat16(new Float32Array([value]))
        const near = [bits - 1, bits, bits + 1].map((each) => fromFloat16(new Uint16Array([each & 0xffff]))[0] ?? 0)
        const distances = near.map((each) => Math.abs(each - value)).filter((each) => !Number.isNaN(each))
        expect(Math.abs((near[1] ?? 0) - value)).toBe(Math.min(...distances))
      }),
    )
  })
})
