import { describe, expect, it } from 'vitest'
import { place } from '../../../src/inference/pictures/letterbox.js'
import { type PictureLayout, pictureTensor } from '../../../src/inference/pictures/picture-tensor.js'

const LAYOUT: PictureLayout = {
  type: 'float32',
  axes: 'nchw',
  colour: 'rgb',
  scale: 1,
  mean: [0, 0, 0],
  std: [1, 1, 1],
  padding: 9,
}
/** Two pixels beside each other, in an input twice as high. */
const pixels = { width: 2, height: 1, data: Uint8Array.from([10, 20, 30, 40, 50, 60]) }
const picture = { pixels, placement: place(pixels, { width: 2, height: 2 }, 'letterbox-corner') }

describe('pictureTensor', () => {
  it('puts channels in planes', () => {
    const { dims, data } = pictureTensor([picture], LAYOUT)
    expect(dims).toEqual([1, 3, 2, 2])
    expect([...data]).toEqual([10, 40, 9, 9, 20, 50, 9, 9, 30, 60, 9, 9])
  })

  it('puts pixels together, blue first', () => {
    const { dims, data } = pictureTensor([picture], { ...LAYOUT, axes: 'nhwc', colour: 'bgr', type: 'uint8' })
    expect(dims).toEqual([1, 2, 2, 3])
    expect([...data]).toEqual([30, 20, 10, 60, 50, 40, 9, 9, 9, 9, 9, 9])
  })

  it('makes one channel of grey, as OpenCV does', () => {
    const { dims, data } = pictureTensor([picture], { ...LAYOUT, colour: 'grey', mean: [1, 0, 0] })
    expect(dims).toEqual([1, 1, 2, 2])
    expect([...data]).toEqual([17, 47, 8, 8])
    const all = Uint8Array.from({ length: 256 * 3 }, (_, i) => i / 3)
    const greys = { width: 256, height: 1, data: all }
    const placed = { pixels: greys, placement: place(greys, greys, 'stretch') }
    const same = pictureTensor([placed], { ...LAYOUT, axes: 'nhwc', type: 'uint8', colour: 'grey' })
    expect(same.dims).toEqual([1, 1, 256, 1])
    expect([...same.data]).toEqual(Array.from({ length: 256 }, (_, i) => i))
  })

  it('normalises each channel', () => {
    const { data } = pictureTensor([picture], { ...LAYOUT, scale: 0.5, mean: [1, 2, 3], std: [2, 4, 8] })
    expect([...data]).toEqual([2, 9.5, 1.75, 1.75, 2, 5.75, 0.625, 0.625, 1.5, 3.375, 0.1875, 0.1875])
  })

  it('puts pictures one after the other, in half precision too', () => {
    const { dims, data } = pictureTensor([picture, picture], { ...LAYOUT, type: 'float16' })
    expect(dims).toEqual([2, 3, 2, 2])
    expect([...data].slice(0, 2)).toEqual([0x4900, 0x5100])
    expect([...data].slice(12)).toEqual([...data].slice(0, 12))
  })

  it.each(['float32', 'float16', 'uint8'] as const)('writes over all of the memory it is given: %s', (type) => {
    const used = (bytes: number) => new Uint8Array(bytes).fill(0xab).buffer
    for (const axes of ['nchw', 'nhwc'] as const)
      expect(pictureTensor([picture], { ...LAYOUT, type, axes }, used)).toEqual(
        pictureTensor([picture], { ...LAYOUT, type, axes }),
      )
  })
})
