import { describe, expect, it } from 'vitest'
import { readDecoderLayout } from '../../../../src/adapters/sam/model/decoder-layout.js'
import { frameOf } from '../../../../src/adapters/sam/prompting/frame.js'
import { maskLogits } from '../../../../src/adapters/sam/prompting/mask-prompt.js'
import { packMeta } from '../../../../src/adapters/sam/prompting/pack-meta.js'
import { packTransformers } from '../../../../src/adapters/sam/prompting/pack-transformers.js'
import { withoutMask } from '../../../../src/adapters/sam/prompting/stand-in.js'
import type { TensorInfo } from '../../../../src/inference/session.js'

const info = (name: string, type: string, ...shape: (number | undefined)[]): TensorInfo => ({ name, type, shape })
const embeddings = info('image_embeddings', 'float32', 1, 64, 16, 16)
const outputs = [info('iou_predictions', 'float32', 1, 4), info('low_res_masks', 'float32', 1, 4, 64, 64)]
const metaInputs = [
  info('point_coords', 'float32', 1, undefined, 2),
  info('point_labels', 'float32', 1, undefined),
  info('mask_input', 'float32', 1, 1, 64, 64),
  info('has_mask_input', 'float32', 1),
  info('orig_im_size', 'float32', 2),
]
const points = info('input_points', 'float32', undefined, undefined, undefined, 2)
const labels = info('input_labels', 'int64', undefined, undefined, undefined)
const boxes = info('input_boxes', 'float32', undefined, undefined, 4)

function layoutOf(...inputs: TensorInfo[]) {
  const layout = readDecoderLayout([...inputs, embeddings], outputs)
  if (layout === undefined) throw new Error('not recognised')
  return layout
}

/** A wide picture that is made half as large. */
const frame = frameOf({ width: 200, height: 100 }, { width: 100, height: 100 }, 'longest-side')
const click = { x: 20, y: 40, positive: true }
const no = { x: 60, y: 80, positive: false }
const box = { x: 10, y: 20, width: 100, height: 50 }
const grid = { width: 16, height: 16 }

describe("Meta's export", () => {
  it('gets a padding point behind the points when there is no box', () => {
    const feeds = packMeta(layoutOf(...metaInputs), { points: [click, no] }, frame, grid)
    expect(feeds).toMatchObject({
      point_coords: { dims: [1, 3, 2], data: Float32Array.of(10, 20, 30, 40, 0, 0) },
      point_labels: { dims: [1, 3], data: Float32Array.of(1, 0, -1) },
      has_mask_input: { data: Float32Array.of(0) },
      orig_im_size: { data: Float32Array.of(1, 1) },
    })
    expect(feeds.mask_input?.dims).toEqual([1, 1, 64, 64])
  })

  it('gets a box as two corners', () => {
    expect(packMeta(layoutOf(...metaInputs), { points: [click], box }, frame, grid)).toMatchObject({
      point_coords: { dims: [1, 3, 2], data: Float32Array.of(10, 20, 5, 10, 55, 35) },
      point_labels: { data: Float32Array.of(1, 2, 3) },
    })
  })

  it('gets the logits of an answer before as they are', () => {
    const mask = { width: 64, height: 64, data: Float32Array.from({ length: 64 * 64 }, (_, i) => i) }
    const feeds = packMeta(layoutOf(...metaInputs), { points: [], mask }, frame, grid)
    expect(feeds).toMatchObject({ mask_input: { data: mask.data }, has_mask_input: { data: Float32Array.of(1) } })
    expect(feeds.point_labels?.data).toEqual(Float32Array.of(-1))
  })
})

describe("transformers' export", () => {
  it('gets what is absent as a tensor without elements', () => {
    const layout = layoutOf(points, labels, boxes)
    expect(packTransformers(layout, [{ points: [click] }], frame)).toEqual({
      input_points: { type: 'float32', dims: [1, 1, 1, 2], data: Float32Array.of(10, 20) },
      input_labels: { type: 'int64', dims: [1, 1, 1], data: BigInt64Array.of(1n) },
      input_boxes: { type: 'float32', dims: [1, 0, 4], data: new Float32Array(0) },
    })
    expect(packTransformers(layout, [{ points: [], box }], frame)).toEqual({
      input_points: { type: 'float32', dims: [1, 1, 0, 2], data: new Float32Array(0) },
      input_labels: { type: 'int64', dims: [1, 1, 0], data: new BigInt64Array(0) },
      input_boxes: { type: 'float32', dims: [1, 1, 4], data: Float32Array.of(5, 10, 55, 35) },
    })
  })

  it('gets several prompts at once', () => {
    expect(packTransformers(layoutOf(points, labels), [{ points: [click] }, { points: [no] }], frame)).toMatchObject({
      input_points: { dims: [1, 2, 1, 2], data: Float32Array.of(10, 20, 30, 40) },
      input_labels: { dims: [1, 2, 1], data: BigInt64Array.of(1n, 0n) },
    })
  })
})

describe('a mask as prompt', () => {
  it('drawn by hand is sure inside and outside, in between at its rim, and outside where the input is padding', () => {
    const data = new Uint8Array(200 * 100)
    for (let y = 0; y < 100; y++) data.fill(1, y * 200, y * 200 + 75)
    const logits = maskLogits({ width: 200, height: 100, data }, { width: 4, height: 4 }, frame)
    expect(Array.from(logits)).toEqual([10, 0, -10, -10, 10, 0, -10, -10, ...Array.from({ length: 8 }, () => -10)])
  })

  it('is replaced by box and point where the model takes none, if nothing else says what is meant', () => {
    const logits = new Float32Array(64).fill(-1)
    logits.fill(1, 18, 21)
    const before = { width: 8, height: 8, data: logits }
    expect(withoutMask({ points: [], mask: before }, frame)).toEqual({
      points: [{ x: 87.5, y: 62.5, positive: true }],
      box: { x: 50, y: 50, width: 75, height: 25 },
    })
    expect(withoutMask({ points: [click], mask: before }, frame)).toEqual({ points: [click] })
    const drawn = { width: 200, height: 100, data: new Uint8Array(200 * 100).fill(1, 410, 421) }
    expect(withoutMask({ points: [click], mask: drawn }, frame)).toEqual({
      points: [click],
      box: { x: 10, y: 2, width: 11, height: 1 },
    })
  })
})
