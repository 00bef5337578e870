import { describe, expect, it } from 'vitest'
import { furtherInputs } from '../../../src/adapters/detection/further-inputs.js'
import { type DetectionInput, parseDetectionOptions } from '../../../src/adapters/detection/options.js'
import { pictureInput } from '../../../src/adapters/detection/picture-input.js'
import { place } from '../../../src/inference/pictures/letterbox.js'
import { pictureTensor } from '../../../src/inference/pictures/picture-tensor.js'

const parsed = (input: DetectionInput) =>
  parseDetectionOptions({
    model: new Uint8Array(),
    names: ['cat'],
    input,
    output: { kind: 'rows', format: 'xyxy', score: 4, class: 5 },
  }).input
const pixels = { name: 'pixels', type: 'uint8', shape: [1, 4, 4, 3] }

/** A picture of 4×2 in an input of 4×4, at its top. */
const placed = {
  pixels: { width: 4, height: 2, data: new Uint8Array(24).fill(220) },
  placement: place({ width: 4, height: 2 }, { width: 4, height: 4 }, 'letterbox-corner'),
}

describe('pictures as bytes', () => {
  it('go in as they are', () => {
    const { layout } = pictureInput([pixels], parsed({ axes: 'nhwc' }))
    expect(layout.scale).toBe(1)
    expect([...pictureTensor([placed], layout).data].slice(0, 3)).toEqual([220, 220, 220])
  })

  it('may be turned around', () => {
    const { layout } = pictureInput([pixels], parsed({ axes: 'nhwc', mean: [255, 255, 255], std: [-1, -1, -1] }))
    expect([...pictureTensor([placed], layout).data].slice(0, 3)).toEqual([35, 35, 35])
  })

  it.each<DetectionInput>([{ scale: 1 / 255 }, { scale: 2 }, { mean: [127, 0, 0] }, { std: [1, 1, 58.4] }])(
    'are refused what makes no bytes of them: %j',
    (input) => {
      expect(() => pictureInput([pixels], parsed({ axes: 'nhwc', ...input }))).toThrow(
        expect.objectContaining({ code: 'detection-unfit-model', path: 'detection.input.scale' }),
      )
    },
  )
})

describe('the mask of a picture', () => {
  const mask = (type: string, shape: readonly (number | undefined)[]) => {
    const { otherFeeds } = furtherInputs(
      [pixels, { name: 'mask', type, shape }],
      pixels,
      parsed({ maskInput: { name: 'mask' } }),
    )
    return otherFeeds?.([placed]).mask
  }

  it('has ones where it is, in the type that the model declares', () => {
    const values = [1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0]
    const dims = [1, 4, 4]
    const free = [undefined, undefined, undefined]
    expect(mask('int64', free)).toEqual({ type: 'int64', dims, data: BigInt64Array.from(values, BigInt) })
    expect(mask('bool', free)).toEqual({ type: 'bool', dims, data: Uint8Array.from(values) })
    expect(mask('float32', free)).toEqual({ type: 'float32', dims, data: Float32Array.from(values) })
  })

  it('has the size that the model declares', () => {
    expect(mask('int64', [1, 2, 2])).toMatchObject({ dims: [1, 2, 2], data: BigInt64Array.of(1n, 1n, 0n, 0n) })
    expect(mask('int64', [1, 8, 1])?.data).toEqual(BigInt64Array.of(1n, 1n, 1n, 1n, 0n, 0n, 0n, 0n))
  })

  it('is refused where there is none of its shape', () => {
    expect(() => mask('int64', [1, 4])).toThrow('The model has no input mask of 3 dimensions')
  })
})

it('the size of the input goes in as the type that the model declares', () => {
  const size = { name: 'size', type: 'float32', shape: [undefined, 2] }
  const options = parsed({ sizeInput: { name: 'size', order: 'height-width' } })
  const { otherFeeds } = furtherInputs([pixels, size], pixels, options)
  expect(otherFeeds?.([placed])).toEqual({ size: { type: 'float32', dims: [1, 2], data: Float32Array.of(4, 4) } })
})
