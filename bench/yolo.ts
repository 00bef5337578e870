/**
 * YOLO against what it is measured by, turn by turn, so that whatever else the machine does falls on all alike:
 *
 *     node --import jiti/register bench/yolo.ts [bare] [ultralytics] [requests] [memory]
 *
 * - `bare`: pictures to findings against the bare run of the same model on as many ready tensors
 * - `ultralytics`: against Ultralytics' predict on the same file: one picture, eight, and a list of 32 as the backend gets
 *   them; needs PRELABEL_ULTRALYTICS_PYTHON, a Python that has it
 * - `requests`: 64 requests at the same time through the backend, against as many bare runs
 * - `memory`: what the process holds over 5,000 pictures
 *
 * Prints milliseconds a picture by the clock and of all processors (which other work on the machine touches less), and the
 * median of the ratios within a turn. All run with one thread
 * of the runtime, or as many as PRELABEL_BENCH_THREADS says: what the others leave of the processor decodes pictures.
 */

import { existsSync, readFileSync } from 'node:fs'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import sharp from 'sharp'
import { loadYoloModel, type YoloModel } from '../src/adapters/yolo/model.js'
import { parseYoloOptions } from '../src/adapters/yolo/options.js'
import { createOnnxSession, type Session } from '../src/inference/index.js'
import { compete, report } from './turns.js'
import { askBackend } from './yolo-requests.js'
import { startUltralytics } from './yolo-ultralytics.js'

const NANODET = 'examples/models/nanodet-coco/model.onnx'
const ZOO = resolve(process.env.PRELABEL_SHARED ?? '../shared', 'zoo')
const threads = Number(process.env.PRELABEL_BENCH_THREADS ?? 1)
const TURNS = 15

const photo = sharp(await readFile('examples/photos/collage.jpg'))
const jpeg = (width: number, height: number) =>
  photo.clone().resize(width, height, { fit: 'fill' }).jpeg({ quality: 90 }).toBuffer()
const PICTURES = { '1920×1080': await jpeg(1920, 1080), '320×320': await jpeg(320, 320) }
type Thread = 'own' | 'calling'

setFlagsFromString('--expose-gc')
const collectGarbage: () => void = runInNewContext('gc')

const times = (count: number, bytes: Uint8Array) => Array.from({ length: count }, () => bytes)
const open = (model: string, thread: Thread) => loadYoloModel(parseYoloOptions({ model, thread, threads }))

/** The bare run: `count` pictures at once, as a batch. */
function bare(session: Session, count: number, side: number): () => Promise<unknown> {
  const data = new Float32Array(count * 3 * side * side).fill(0.5)
  const images = { type: 'float32', dims: [count, 3, side, side], data } as const
  return () => session.run({ images })
}

function find(model: YoloModel, files: readonly Uint8Array[]): () => Promise<unknown> {
  const pictures = files.map((bytes) => ({ bytes }))
  const floors = pictures.map(() => new Float32Array(model.layout.names.length).fill(0.25))
  return () => model.find(pictures, floors)
}

/** Pictures of a stream, and of one batch in it. */
const [STREAMED, BATCH] = [32, 8]

/** As the backend calls: two batches in hand, so that the next one's pictures are decoded while one is run. */
function stream(batch: () => Promise<unknown>): () => Promise<unknown> {
  return async () => {
    let left = STREAMED / BATCH
    const work = async () => {
      while (left-- > 0) await batch()
    }
    await Promise.all([work(), work()])
  }
}

async function againstBare(): Promise<void> {
  const session = await createOnnxSession(NANODET, { threads })
  const models = { own: await open(NANODET, 'own'), calling: await open(NANODET, 'calling') }
  for (const count of [1, 8]) {
    const named = Object.entries(PICTURES).flatMap(([size, bytes]) =>
      Object.entries(models).map(
        ([thread, model]) => [`${count} × JPEG ${size}, ${thread} thread`, find(model, times(count, bytes))] as const,
      ),
    )
    const first = { [`bare session.run, batch ${count}`]: bare(session, count, 416) }
    report(await compete(TURNS, count, { ...first, ...Object.fromEntries(named) }))
  }
  const streams = Object.entries(PICTURES).map(
    ([size, bytes]) => [`stream of ${STREAMED} × JPEG ${size}`, stream(find(models.own, times(BATCH, bytes)))] as const,
  )
  const bareRuns = async () => {
    for (let i = 0; i < STREAMED; i++) await bare(session, 1, 416)()
  }
  const first = { [`bare session.run, ${STREAMED} times`]: bareRuns }
  report(await compete(5, STREAMED, { ...first, ...Object.fromEntries(streams) }))
  await Promise.all([session.dispose(), ...Object.values(models).map((model) => model.dispose())])
}

async function againstUltralytics(): Promise<void> {
  const python = process.env.PRELABEL_ULTRALYTICS_PYTHON
  if (python === undefined) return console.info('skipped: PRELABEL_ULTRALYTICS_PYTHON names no Python with ultralytics')
  const folder = await mkdtemp(join(tmpdir(), 'prelabel-bench-'))
  for (const [file, size] of [
    [`${ZOO}/yolov8-detect/model.onnx`, '320'],
    [NANODET, '416'],
  ] as const) {
    if (!existsSync(file)) {
      console.info(`skipped: ${file} is not there`)
      continue
    }
    for (const [name, bytes] of Object.entries(PICTURES)) {
      const picture = join(folder, `${name}.jpg`)
      await writeFile(picture, bytes)
      const model = await open(file, 'own')
      const theirs = await startUltralytics(python, file, threads, picture)
      // Read one by one, as Python reads them.
      const read = (count: number) =>
        find(
          model,
          Array.from({ length: count }, () => readFileSync(picture)),
        )()
      const ours = { 1: () => read(1), 8: () => read(8), [STREAMED]: stream(() => read(BATCH)) }
      for (const [text, here] of Object.entries(ours)) {
        const count = Number(text)
        const contenders = {
          [`Ultralytics, ${count} × ${name}`]: { measured: () => theirs.predict(count) },
          [`here, ${count} × ${name}${count === STREAMED ? ', two batches in hand' : ''}`]: here,
        }
        const turns = count === STREAMED ? 5 : TURNS
        report(await compete(turns, count, contenders), `${file.split('/').slice(-2).join('/')}, ${size} pixels`)
      }
      await theirs.end()
      await model.dispose()
    }
  }
  await rm(folder, { recursive: true })
}

async function requests(): Promise<void> {
  const count = 64
  const session = await createOnnxSession(NANODET, { threads })
  const bareRuns = async () => {
    for (let i = 0; i < count; i++) await bare(session, 1, 416)()
  }
  for (const [size, bytes] of Object.entries(PICTURES)) {
    const backend = askBackend(NANODET, threads, bytes)
    await backend.ask()
    const all = async () => {
      await Promise.all(Array.from({ length: count }, () => backend.ask()))
    }
    report(
      await compete(3, count, {
        [`bare session.run, ${count} times`]: bareRuns,
        [`${count} requests, JPEG ${size}`]: all,
      }),
    )
    await backend.dispose()
  }
  await session.dispose()
}

async function memory(): Promise<void> {
  const model = await open(NANODET, 'own')
  const batch = find(model, times(8, PICTURES['320×320']))
  const pictures = async (count: number) => {
    for (let done = 0; done < count; done += 8) await batch()
  }
  await pictures(200)
  for (let done = 0; done <= 5000; done += 1000) {
    console.info(`after ${String(done).padStart(4)} pictures: ${held()}`)
    if (done < 5000) await pictures(1000)
  }
  await model.dispose()
}

/** What the process holds, and what is left of it when all that nobody needs is collected. */
function held(): string {
  const megabytes = (bytes: number) => `${Math.round(bytes / 1e6)} MB`
  const before = process.memoryUsage.rss()
  collectGarbage()
  const { rss, heapUsed, arrayBuffers } = process.memoryUsage()
  const parts = { collected: rss, 'of that heap': heapUsed, 'array buffers': arrayBuffers }
  return [megabytes(before), ...Object.entries(parts).map(([name, bytes]) => `${name} ${megabytes(bytes)}`)].join(', ')
}

const PARTS = { bare: againstBare, ultralytics: againstUltralytics, requests, memory }
const asked = process.argv.slice(2)
for (const [name, part] of Object.entries(PARTS)) if (asked.length === 0 || asked.includes(name)) await part()
