/**
 * Frames of a video to tracks against the bare run of the same model: `node --import jiti/register bench/video.ts`.
 * First frames a second in turns of one process, so that whatever else the machine does falls on both; then the memory
 * over a video of as many seconds as the first argument says (120). Needs ffmpeg.
 */

import { spawnSync } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { findInVideo } from '../src/adapters/detection/video/find-in-video.js'
import { loadYoloModel } from '../src/adapters/yolo/model.js'
import { parseYoloOptions } from '../src/adapters/yolo/options.js'
import { parseConfig } from '../src/config/index.js'
import { createOnnxSession } from '../src/inference/index.js'

const MODEL = 'examples/models/nanodet-coco/model.onnx'
const SIDE = 416
const RATE = 24
const TURNS = 5
const FRAMES = 48
const MIB = 2 ** 20
const seconds = Number(process.argv[2] ?? 120)

const folder = await mkdtemp(path.join(tmpdir(), 'prelabel-bench-'))

/** A window that pans over a collage of photographs, so that no frame is like the one before. */
function makeVideo(name: string, frames: number, size: string): string {
  const file = path.join(folder, name)
  const pan = `scale=3840:2160,crop=${size}:'(iw-ow)*(0.5+0.5*sin(n/150))':'(ih-oh)*(0.5+0.5*cos(n/200))',format=yuv420p`
  const input = ['-v', 'error', '-y', '-r', String(RATE), '-loop', '1', '-i', 'examples/photos/collage.jpg']
  const output = ['-frames:v', String(frames), '-vf', pan, '-c:v', 'libx264', '-preset', 'ultrafast', file]
  const { status, stderr } = spawnSync('ffmpeg', [...input, ...output], { encoding: 'utf8' })
  if (status !== 0) throw new Error(`ffmpeg could not make a video: ${stderr}`)
  return file
}

const config = parseConfig('<View><Video name="clip" value="$clip"/><VideoRectangle name="box" toName="clip"/></View>')
const [object] = config.objects.values()
const options = parseYoloOptions({ model: MODEL })
const model = await loadYoloModel(options)
const session = await createOnnxSession(MODEL)
const logger = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} }

async function follow(file: string): Promise<number> {
  if (object === undefined) throw new Error('no object')
  const item = { path: file, object, data: {}, controls: [...config.controls.values()] }
  return (await findInVideo(model, item, options, { signal: new AbortController().signal, logger })).length
}

async function bare(): Promise<void> {
  const data = new Float32Array(3 * SIDE * SIDE).fill(0.5)
  const images = { type: 'float32', dims: [1, 3, SIDE, SIDE], data } as const
  for (let frame = 0; frame < FRAMES; frame++) await session.run({ images })
}

async function rate(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now()
  await work()
  return (FRAMES * 1000) / (performance.now() - start)
}

const median = (values: readonly number[]) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0

for (const size of ['640:480', '1920:1080']) {
  const file = makeVideo(`${size.replace(':', 'x')}.mp4`, FRAMES, size)
  const turns: { bare: number; video: number }[] = []
  for (let turn = 0; turn <= TURNS; turn++) {
    const one = { bare: await rate(bare), video: await rate(() => follow(file)) }
    if (turn > 0) turns.push(one)
  }
  const rates = [turns.map((turn) => turn.bare), turns.map((turn) => turn.video)].map(median)
  const share = median(turns.map((turn) => turn.video / turn.bare))
  console.info(
    `${size.padEnd(10)} frames/s: bare ${rates[0]?.toFixed(1)}, video ${rates[1]?.toFixed(1)} (${share.toFixed(2)} × bare)`,
  )
}

const long = makeVideo('long.mp4', seconds * RATE, '640:480')
const memory: number[] = []
const timer = setInterval(() => memory.push(process.memoryUsage().rss / MIB), 1000)
const start = performance.now()
const tracks = await follow(long)
clearInterval(timer)
const quarter = Math.max(1, Math.floor(memory.length / 4))
const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
console.info(
  `${seconds} s of video in ${((performance.now() - start) / 1000).toFixed(0)} s, ${tracks} tracks; MiB in memory: ` +
    `second quarter ${mean(memory.slice(quarter, 2 * quarter)).toFixed(0)}, last ${mean(memory.slice(-quarter)).toFixed(0)}, ` +
    `most ${Math.max(...memory).toFixed(0)}`,
)
await Promise.all([model.dispose(), session.dispose(), rm(folder, { recursive: true })])
