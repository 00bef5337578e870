import { readFile } from 'node:fs/promises'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodePicture } from '../../../src/inference/pictures/decode.js'
import { place, placeClassic, smallestInput } from '../../../src/inference/pictures/letterbox.js'
import { pictureTensor } from '../../../src/inference/pictures/picture-tensor.js'
import { resizeBilinear } from '../../../src/inference/pictures/resize-bilinear.js'

const side = fc.integer({ min: 1, max: 5000 })
const size = fc.record({ width: side, height: side })

describe('place', () => {
  it('gives the bytes that the original puts before the model', async () => {
    const photo = await decodePicture(await readFile('examples/photos/cat.jpg'))
    const original = await decodePicture(await readFile('test/fixtures/nanodet-coco/cat_letterbox.png'))
    const placement = place(photo, { width: 416, height: 416 }, 'letterbox')
    const pixels = resizeBilinear(photo, placement.inner.width, placement.inner.height)
    const { dims, data } = pictureTensor([{ pixels, placement }], {
      type: 'uint8',
      axes: 'nhwc',
      colour: 'rgb',
      scale: 1,
      mean: [0, 0, 0],
      std: [1, 1, 1],
      padding: 114,
    })
    expect(dims).toEqual([1, 416, 416, 3])
    // JPEG decoders may differ by a step of rounding from version to version.
    const differences = original.data.map((byte, i) => Math.abs(byte - Number(data[i])))
    expect(Math.max(...new Set(differences))).toBeLessThanOrEqual(2)
  })

  it('keeps the picture inside the input, for any sizes and modes', () => {
    fc.assert(
      fc.property(size, size, fc.constantFrom('letterbox', 'letterbox-corner', 'stretch'), (picture, input, mode) => {
        const { inner } = place(picture, input, mode)
        expect(inner.width).toBeGreaterThan(0)
        expect(inner.height).toBeGreaterThan(0)
        expect(inner.left).toBeGreaterThanOrEqual(0)
        expect(inner.top).toBeGreaterThanOrEqual(0)
        expect(inner.left + inner.width).toBeLessThanOrEqual(input.width)
        expect(inner.top + inner.height).toBeLessThanOrEqual(input.height)
      }),
    )
  })

  it('leads back to the corners of the picture', () => {
    fc.assert(
      fc.property(size, size, (picture, input) => {
        const { inner, back } = place(picture, input, 'letterbox')
        expect((inner.left + inner.width - back.offsetX) / back.gainX).toBeCloseTo(picture.width, 6)
        expect((inner.top + inner.height - back.offsetY) / back.gainY).toBeCloseTo(picture.height, 6)
      }),
    )
  })

  it('has one gain and unrounded padding for the classic head', () => {
    const { inner, back } = placeClassic({ width: 900, height: 200 }, { width: 256, height: 256 })
    expect(inner).toEqual({ left: 0, top: 99, width: 256, height: 57 })
    expect(back.gainX).toBe(back.gainY)
    expect(back.offsetY).toBeCloseTo((256 - (200 * 256) / 900) / 2)
  })
})

it('smallestInput is a multiple of the stride in which the picture just fits', () => {
  expect(smallestInput({ width: 640, height: 360 }, { width: 320, height: 320 }, 32)).toEqual({
    width: 320,
    height: 192,
  })
  expect(smallestInput({ width: 150, height: 600 }, { width: 320, height: 320 }, 32)).toEqual({
    width: 96,
    height: 320,
  })
})
