/**
 * Pictures to findings against the bare run of the same model on as many pictures, turn by turn in one process, so that
 * whatever else the machine does falls on both: `node --import jiti/register bench/yolo.ts`. Prints milliseconds a
 * picture (lowest and median), and the median of the ratios within a turn.
 */

import { readFile } from 'node:fs/promises'
import sharp from 'sharp'
import { loadYoloModel } from '../src/adapters/yolo/model.js'
import { parseYoloOptions } from '../src/adapters/yolo/options.js'
import { createOnnxSession } from '../src/inference/index.js'

const MODEL = 'examples/models/nanodet-coco/model.onnx'
const SIDE = 416
const WARM_UP = 2
const TURNS = 15

type Contender = () => Promise<unknown>

const session = await createOnnxSession(MODEL)
const models = {
  'own thread': await loadYoloModel(parseYoloOptions({ model: MODEL, thread: 'own' })),
  'calling thread': await loadYoloModel(parseYoloOptions({ model: MODEL, thread: 'calling' })),
}

/** The bare run: `count` pictures at once, as a batch. */
function bare(count: number): Contender {
  const data = new Float32Array(count * 3 * SIDE * SIDE).fill(0.5)
  const images = { type: 'float32', dims: [count, 3, SIDE, SIDE], data } as const
  return () => session.run({ images })
}

function find(model: (typeof models)['own thread'], bytes: Uint8Array, count: number): Contender {
  const pictures = Array.from({ length: count }, () => ({ bytes }))
  const floors = pictures.map(() => new Float32Array(model.layout.names.length).fill(0.25))
  return () => model.find(pictures, floors)
}

/** Lets the contenders run in turn; milliseconds a picture for each turn. */
async function compete(count: number, contenders: Readonly<Record<string, Contender>>) {
  const times = new Map(Object.keys(contenders).map((name) => [name, [] as number[]]))
  for (let turn = 0; turn < WARM_UP + TURNS; turn++) {
    for (const [name, contender] of Object.entries(contenders)) {
      const start = performance.now()
      await contender()
      if (turn >= WARM_UP) times.get(name)?.push((performance.now() - start) / count)
    }
  }
  return times
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0
}

const photo = sharp(await readFile('examples/photos/collage.jpg'))
const jpeg = (width: number, height: number) =>
  photo.clone().resize(width, height, { fit: 'fill' }).jpeg({ quality: 90 }).toBuffer()
const pictures = { '1920×1080': await jpeg(1920, 1080), '320×320': await jpeg(320, 320) }

console.info(`${'milliseconds a picture'.padEnd(40)}${'lowest'.padStart(9)}${'median'.padStart(9)}   × bare`)
for (const count of [1, 8]) {
  const named = Object.entries(pictures).flatMap(([size, bytes]) =>
    Object.entries(models).map(
      ([thread, model]) => [`${count} × JPEG ${size}, ${thread}`, find(model, bytes, count)] as const,
    ),
  )
  const times = await compete(count, {
    [`bare session.run, batch ${count}`]: bare(count),
    ...Object.fromEntries(named),
  })
  const [reference = []] = times.values()
  for (const [name, values] of times) {
    const ratio = median(values.map((value, turn) => value / (reference[turn] ?? value)))
    const numbers = [Math.min(...values), median(values)].map((value) => value.toFixed(1).padStart(9))
    console.info(`${name.padEnd(40)}${numbers.join('')}   ${ratio.toFixed(2)}`)
  }
}
await Promise.all([session.dispose(), ...Object.values(models).map((model) => model.dispose())])
