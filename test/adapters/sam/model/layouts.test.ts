/** Models as different exporters make them answer the same: each is the genuine one with other inputs and outputs. */

import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import type { SamModelOptions } from '../../../../src/adapters/sam/model/index.js'
import {
  boxDecoderFile,
  encoderFile,
  hfFolder,
  hfReferences,
  metaDecoderFile,
  metaEncoder,
  metaReferences,
  pointDecoderFile,
  referenceFiles,
} from '../fixtures.js'
import { changeModel } from '../onnx-surgery.js'
import { compareAll, type Reference, summarise } from '../references.js'

const MEAN = { name: 'mean', dims: [3], data: Float32Array.of(123.675, 116.28, 103.53) }
const STD = { name: 'std', dims: [3], data: Float32Array.of(58.395, 57.12, 57.375) }

async function worst(model: SamModelOptions['model'], references: readonly Reference[], folder: 'sam-hf' | 'sam-meta') {
  return summarise(await compareAll({ model, thread: 'calling' }, references, referenceFiles(folder)))
}

it('reads the folder of transformers.js, with a decoder for points and one for boxes', async () => {
  const { count, lowest, scoreError } = await worst(hfFolder, hfReferences, 'sam-hf')
  expect(count).toBe(27)
  expect(lowest).toBeGreaterThanOrEqual(0.99)
  expect(scoreError).toBeLessThan(0.01)
})

it("reads a folder with Meta's encoder and decoder under any names", async () => {
  const folder = await mkdtemp(join(tmpdir(), 'prelabel-sam-'))
  try {
    await writeFile(join(folder, 'a.onnx'), await readFile(metaDecoderFile))
    await writeFile(join(folder, 'b.onnx'), metaEncoder())
    const { count, lowest, scoreError } = await worst(folder, metaReferences, 'sam-meta')
    expect(count).toBe(36)
    expect(lowest).toBeGreaterThanOrEqual(0.99)
    expect(scoreError).toBeLessThan(0.01)
  } finally {
    await rm(folder, { recursive: true })
  }
})

it('feeds rows of pixels, of any size, to an encoder that normalises and pads by itself', async () => {
  const encoder = changeModel(await readFile(encoderFile), {
    withoutInputs: ['pixel_values'],
    inputs: [{ name: 'input_image', type: 'float32', shape: ['height', 'width', 3] }],
    constants: [
      MEAN,
      STD,
      { name: 'first', dims: [1], data: BigInt64Array.of(0n) },
      { name: 'none', dims: [4], data: BigInt64Array.of(0n, 0n, 0n, 0n) },
      { name: 'full', dims: [4], data: BigInt64Array.of(1n, 3n, 256n, 256n) },
    ],
    before: [
      { op: 'Sub', inputs: ['input_image', 'mean'], outputs: ['centred'] },
      { op: 'Div', inputs: ['centred', 'std'], outputs: ['normalised'] },
      { op: 'Transpose', inputs: ['normalised'], outputs: ['planes'], attributes: { perm: [2, 0, 1] } },
      { op: 'Unsqueeze', inputs: ['planes', 'first'], outputs: ['batch'] },
      { op: 'Shape', inputs: ['batch'], outputs: ['shape'] },
      { op: 'Sub', inputs: ['full', 'shape'], outputs: ['missing'] },
      { op: 'Concat', inputs: ['none', 'missing'], outputs: ['pads'], attributes: { axis: 0 } },
      { op: 'Pad', inputs: ['batch', 'pads'], outputs: ['pixel_values'] },
    ],
  })
  const model = { encoder, decoder: pointDecoderFile, boxDecoder: boxDecoderFile }
  const options: SamModelOptions = { model, thread: 'calling', picture: { size: 256 } }
  const { lowest } = summarise(await compareAll(options, hfReferences, referenceFiles('sam-hf')))
  expect(lowest).toBeGreaterThanOrEqual(0.99)
})

it('feeds bytes to an encoder that takes bytes, and finds its output by shape', async () => {
  const encoder = changeModel(await readFile(encoderFile), {
    withoutInputs: ['pixel_values'],
    inputs: [{ name: 'image', type: 'uint8', shape: [1, 256, 256, 3] }],
    constants: [MEAN, STD],
    before: [
      { op: 'Cast', inputs: ['image'], outputs: ['floats'], attributes: { to: 1 } },
      { op: 'Sub', inputs: ['floats', 'mean'], outputs: ['centred'] },
      { op: 'Div', inputs: ['centred', 'std'], outputs: ['normalised'] },
      { op: 'Transpose', inputs: ['normalised'], outputs: ['pixel_values'], attributes: { perm: [0, 3, 1, 2] } },
    ],
    behind: [{ op: 'Identity', inputs: ['image_embeddings'], outputs: ['features'] }],
    outputs: [
      { name: 'features', type: 'float32', shape: [1, 64, 16, 16] },
      { name: 'image_positional_embeddings', type: 'float32', shape: [1, 64, 16, 16] },
    ],
  })
  // A picture that fills the input: what is beside it would be black, not the mean.
  const square = hfReferences.filter(({ image }) => image === 's01_256x256.png')
  const { count, lowest } = await worst(
    { encoder, decoder: pointDecoderFile, boxDecoder: boxDecoderFile },
    square,
    'sam-hf',
  )
  expect(count).toBe(9)
  expect(lowest).toBeGreaterThanOrEqual(0.99)
})

it('asks a decoder that takes neither masks nor the size of the picture', async () => {
  const decoder = changeModel(await readFile(metaDecoderFile), {
    withoutInputs: ['mask_input', 'has_mask_input', 'orig_im_size'],
    constants: [
      { name: 'mask_input', dims: [1, 1, 64, 64], data: new Float32Array(64 * 64) },
      { name: 'has_mask_input', dims: [1], data: Float32Array.of(0) },
      { name: 'orig_im_size', dims: [2], data: Float32Array.of(1, 1) },
    ],
    behind: [{ op: 'Identity', inputs: ['iou_predictions'], outputs: ['scores'] }],
    outputs: [
      { name: 'scores', type: 'float32', shape: [1, 4] },
      { name: 'low_res_masks', type: 'float32', shape: [1, 4, 64, 64] },
    ],
  })
  const { lowest } = await worst({ encoder: metaEncoder(), decoder }, metaReferences, 'sam-meta')
  expect(lowest).toBeGreaterThanOrEqual(0.99)
})

it('takes masks that a decoder up-samples itself, where it gives no others', async () => {
  const decoder = changeModel(await readFile(metaDecoderFile), {
    outputs: [
      { name: 'masks', type: 'float32', shape: [1, 4, 'height', 'width'] },
      { name: 'iou_predictions', type: 'float32', shape: [1, 4] },
    ],
  })
  const { lowest } = await worst({ encoder: metaEncoder(), decoder }, metaReferences.slice(0, 2), 'sam-meta')
  expect(lowest).toBeGreaterThanOrEqual(0.99)
})
