import { describe, expect, it } from 'vitest'
import { type EncoderLayout, readEncoderLayout } from '../../../../src/adapters/sam/model/encoder-layout.js'
import { planPicture } from '../../../../src/adapters/sam/model/picture-plan.js'
import type { PreprocessorConfig } from '../../../../src/adapters/sam/model/preprocessor-config.js'
import type { TensorInfo } from '../../../../src/inference/session.js'

const outputs: TensorInfo[] = [{ name: 'image_embeddings', type: 'float32', shape: [1, 256, 64, 64] }]

/** A picture's input as it is recognised. */
function layoutOf(name: string, type: string, ...shape: (number | undefined)[]): EncoderLayout | undefined {
  return readEncoderLayout([{ name, type, shape }], outputs)
}

function known(layout: EncoderLayout | undefined): EncoderLayout {
  if (layout === undefined) throw new Error('not recognised')
  return layout
}

describe('readEncoderLayout', () => {
  it.each([
    [
      'planes',
      ['image', 'float32', 1, 3, 1024, 1024],
      { axes: 'nchw', batched: true, size: { width: 1024, height: 1024 } },
    ],
    [
      'half-precision planes',
      ['x', 'float16', undefined, 3, 512, 1024],
      { type: 'float16', size: { width: 1024, height: 512 } },
    ],
    [
      'planes of any number and size',
      ['pixel_values', 'float32', undefined, undefined, undefined, undefined],
      { axes: 'nchw' },
    ],
    ['rows of pixels', ['input_image', 'float32', undefined, undefined, 3], { axes: 'nhwc', batched: false }],
    [
      'bytes',
      ['image', 'uint8', 1, 1024, 1024, 3],
      { axes: 'nhwc', type: 'uint8', size: { width: 1024, height: 1024 } },
    ],
  ] as const)('recognises %s', (_, [name, type, ...shape], expected) => {
    expect(layoutOf(name, type, ...shape)).toMatchObject(expected)
  })

  it.each([
    ['tokens', ['input_ids', 'int64', undefined, undefined]],
    ['four channels', ['image', 'float32', 1, 4, 64, 64]],
    ['free channels of an unknown input', ['image', 'float32', undefined, undefined, undefined, undefined]],
  ] as const)('does not take %s for a picture', (_, [name, type, ...shape]) => {
    expect(layoutOf(name, type, ...shape)).toBeUndefined()
  })
})

describe('planPicture', () => {
  const planes = known(layoutOf('image', 'float32', 1, 3, 1024, 1024))
  const free = known(layoutOf('image', 'float32', 1, 3, undefined, undefined))
  const rows = known(layoutOf('image', 'float32', undefined, undefined, 3))
  const config: PreprocessorConfig = {
    size: { height: 1008, width: 1008 },
    do_rescale: true,
    rescale_factor: 1 / 255,
    do_normalize: true,
    image_mean: [0.5, 0.5, 0.5],
    image_std: [0.5, 0.5, 0.5],
  }

  it("takes Meta's figures when nothing else is said", () => {
    expect(planPicture(planes, 'sam', undefined, {})).toEqual({
      scale: 1 / 255,
      mean: [0.485, 0.456, 0.406],
      std: [0.229, 0.224, 0.225],
      size: { width: 1024, height: 1024 },
      resize: 'longest-side',
      antialias: true,
      pad: true,
    })
    expect(planPicture(planes, 'sam2', undefined, {}).resize).toBe('stretch')
  })

  it('leaves bytes, and pixels in a row, to the graph', () => {
    expect(planPicture(rows, 'sam', undefined, {})).toMatchObject({
      scale: 1,
      mean: [0, 0, 0],
      std: [1, 1, 1],
      pad: false,
    })
  })

  it('takes what stands beside the model, and the options before it', () => {
    expect(planPicture(free, 'sam', config, {})).toMatchObject({
      size: { width: 1008, height: 1008 },
      resize: 'stretch',
      mean: [0.5, 0.5, 0.5],
    })
    expect(
      planPicture(free, 'sam', config, { size: 512, resize: 'longest-side', mean: [0, 0, 0], pad: false }),
    ).toMatchObject({
      size: { width: 512, height: 512 },
      resize: 'longest-side',
      mean: [0, 0, 0],
      pad: false,
    })
  })

  it('keeps the size that the graph fixes', () => {
    expect(planPicture(planes, 'sam', config, { size: 512 }).size).toEqual({ width: 1024, height: 1024 })
  })
})
