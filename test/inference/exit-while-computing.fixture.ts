/** Ends the process while a model computes in its own thread, and another is opened in one. */

import { setTimeout } from 'node:timers/promises'
import { createOnnxSession } from '../../src/inference/onnx-session.js'

const MODEL = 'examples/models/nanodet-coco/model.onnx'
const black = (batch: number) => ({
  images: { type: 'float32', dims: [batch, 3, 416, 416], data: new Float32Array(batch * 3 * 416 * 416) } as const,
})

const session = await createOnnxSession(MODEL, { thread: 'own', threads: 1 })
await session.run(black(1), ['output0'])
for (let runs = 0; runs < 20; runs++) void session.run(black(2))
void createOnnxSession(MODEL, { thread: 'own', threads: 1 })
await setTimeout(100)
process.exit(7)
