import { expect, it } from 'vitest'
import { type PictureModel, runPictures } from '../../../src/adapters/detection/picture-model.js'
import { createOnnxSession } from '../../../src/inference/onnx-session.js'
import { place } from '../../../src/inference/pictures/letterbox.js'
import { createSpareMemory } from '../../../src/inference/pictures/spare-memory.js'
import { writeOnnx } from '../../inference/onnx-writer.js'

const SIDE = 4

/** A model of one constant number. */
async function pictureModel(batch: number): Promise<PictureModel> {
  const images = { name: 'images', dims: ['batch', 3, SIDE, SIDE] }
  const number = { name: 'number', dims: [1], data: Float32Array.of(7) }
  return {
    session: await createOnnxSession(writeOnnx({ inputs: [images], outputs: [number] }), { thread: 'own' }),
    input: 'images',
    layout: { type: 'float32', axes: 'nchw', colour: 'rgb', scale: 1, mean: [0, 0, 0], std: [1, 1, 1], padding: 0 },
    memory: createSpareMemory(),
    batch: { size: batch, exactly: false },
    prepare: (pixels) => ({ pixels, placement: place(pixels, { width: SIDE, height: SIDE }, 'letterbox') }),
  }
}

it.each([1, 3])('has few of many pictures in hand at their full size, in runs of %d', async (batch) => {
  const model = await pictureModel(batch)
  let decoding = 0
  let most = 0
  const pixels = async () => {
    most = Math.max(most, ++decoding)
    await new Promise(setImmediate)
    decoding--
    return { width: SIDE, height: SIDE, data: new Uint8Array(SIDE * SIDE * 3) }
  }
  const pictures = Array.from({ length: 20 }, () => ({ pixels }))
  const found = await runPictures(model, pictures, (output, which) => [which, output.outputs.number?.data[0]])
  await model.session.dispose()
  expect(found).toEqual(pictures.map((_, which) => [which, 7]))
  expect(most).toBe(8)
})
