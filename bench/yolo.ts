/**
 * Picture to findings against the bare run of the same model, in one process: `node --import jiti/register bench/yolo.ts`
 * (or `npm run bench yolo`). Prints milliseconds for one picture (lowest and median) and the ratio to the bare run.
 */

import { readFile } from 'node:fs/promises'
import sharp from 'sharp'
import { loadYoloModel } from '../src/adapters/yolo/model.js'
import { parseYoloOptions } from '../src/adapters/yolo/options.js'
import { createOnnxSession } from '../src/inference/index.js'

const MODEL = 'examples/models/nanodet-coco/model.onnx'
const SIDE = 416
const ROUNDS = 20

interface Timing {
  readonly lowest: number
  readonly median: number
}

/** Milliseconds of one call, per picture. */
async function time(pictures: number, call: () => Promise<unknown>): Promise<Timing> {
  const times: number[] = []
  for (let round = 0; round < ROUNDS + 2; round++) {
    const start = performance.now()
    await call()
    // The first two rounds warm up.
    if (round > 1) times.push((performance.now() - start) / pictures)
  }
  times.sort((a, b) => a - b)
  return { lowest: times[0] ?? 0, median: times[Math.floor(times.length / 2)] ?? 0 }
}

async function timeBare(batch: number): Promise<Timing> {
  const session = await createOnnxSession(MODEL)
  const dims = [batch, 3, SIDE, SIDE]
  const data = new Float32Array(batch * 3 * SIDE * SIDE).fill(0.5)
  const timing = await time(batch, () => session.run({ images: { type: 'float32', dims, data } }))
  await session.dispose()
  return timing
}

async function timeFind(bytes: Uint8Array, count: number, thread: 'own' | 'calling'): Promise<Timing> {
  const model = await loadYoloModel(parseYoloOptions({ model: MODEL, thread }))
  const pictures = Array.from({ length: count }, () => ({ bytes }))
  const floors = pictures.map(() => new Float32Array(model.layout.names.length).fill(0.25))
  const timing = await time(count, () => model.find(pictures, floors))
  await model.dispose()
  return timing
}

function show(name: string, { lowest, median }: Timing, bare?: Timing): void {
  const ratio =
    bare === undefined ? '' : `   ${(lowest / bare.lowest).toFixed(2)} × bare (${(median / bare.median).toFixed(2)})`
  console.info(`${name.padEnd(44)} ${lowest.toFixed(1).padStart(7)} ${median.toFixed(1).padStart(7)}${ratio}`)
}

const photo = sharp(await readFile('examples/photos/collage.jpg'))
const sizes = {
  '1920×1080': await photo.clone().resize(1920, 1080, { fit: 'fill' }).jpeg({ quality: 90 }).toBuffer(),
  '320×320': await photo.clone().resize(320, 320, { fit: 'fill' }).jpeg({ quality: 90 }).toBuffer(),
}
console.info(`${'milliseconds a picture'.padEnd(44)} ${'lowest'.padStart(7)} ${'median'.padStart(7)}`)
for (const batch of [1, 8]) {
  const bare = await timeBare(batch)
  show(`bare session.run, batch ${batch}`, bare)
  for (const [size, bytes] of Object.entries(sizes)) {
    for (const thread of ['own', 'calling'] as const)
      show(`JPEG ${size}, ${batch} at once, ${thread} thread`, await timeFind(bytes, batch, thread), bare)
  }
}
