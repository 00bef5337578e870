/**
 * Times masks against the Python SDK of Label Studio and @thi.ng/rle-pack, in one run on one machine, and how fast
 * predictions are built and checked.
 *
 * Run: `npx jiti bench/results.ts`, with PRELABEL_PYTHON set to a Python that has label-studio-sdk.
 */

import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { decode as decodePack, encode as encodePack } from '@thi.ng/rle-pack'
import { parseConfig } from '../src/config/index.js'
import type { MaskPixels } from '../src/results/findings.js'
import { createDraft, validateBatch } from '../src/results/index.js'
import { decodeBrush, encodeBrush, maskToPolygons } from '../src/results/mask/index.js'

interface Timing {
  readonly encode: number
  readonly decode: number
}

/** Times the SDK on the masks of a folder, whose names end in width and height. */
const PYTHON = `
import json, os, statistics, sys, time
import numpy as np
from label_studio_sdk.converter.brush import decode_rle, mask2rle

def median(call, rounds):
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        call()
        times.append((time.perf_counter() - start) * 1000)
    return statistics.median(times)

timings = {}
for file in os.listdir(sys.argv[1]):
    name, width, height = file.rsplit('.', 2)
    mask = np.fromfile(os.path.join(sys.argv[1], file), dtype=np.uint8).reshape(int(height), int(width))
    rle = mask2rle(mask)
    timings[name] = {'encode': median(lambda: mask2rle(mask), 5), 'decode': median(lambda: decode_rle(rle), 1)}
print(json.dumps(timings))
`

const masks: Record<string, MaskPixels> = {
  'ellipse 1920×1080': drawMask(1920, 1080, ellipse(1920, 1080)),
  'ellipse 3840×2160': drawMask(3840, 2160, ellipse(3840, 2160)),
  'noisy 1920×1080': drawMask(1920, 1080, noisy(ellipse(1920, 1080))),
}

const python = timePython()
for (const [name, mask] of Object.entries(masks)) {
  const ours = timeOurs(mask)
  const pack = timePack(mask)
  const sdk = python?.[name]
  report(`encode ${name}`, ours.encode, { 'label-studio-sdk': sdk?.encode, 'rle-pack': pack.encode })
  report(`decode ${name}`, ours.decode, { 'label-studio-sdk': sdk?.decode, 'rle-pack': pack.decode })
}
for (const [name, mask] of Object.entries(masks)) {
  if (name.startsWith('ellipse'))
    report(
      `to polygon ${name}`,
      median(() => maskToPolygons(mask)),
      {},
    )
}

const COUNT = 10_000
const config = parseConfig(`<View><Image name="photo" value="$image"/>
  <RectangleLabels name="box" toName="photo"><Label value="Car"/></RectangleLabels></View>`)
const region = { label: 'Car', x: 10, y: 20, width: 30, height: 40, unit: 'pixel', score: 0.5 } as const
const build = (regions: number) => {
  const builder = createDraft(config, { surfaces: { photo: { width: 200, height: 100 } } })
  for (let index = 0; index < regions; index++)
    builder.control('box').rectangle({ ...region, x: (index / regions) * 150 })
  return builder.finish()
}
const predictions = Array.from({ length: COUNT }, () => build(1))
const tasks = predictions.map((_, id) => ({ id, data: { image: 'a.jpg' } }))
reportRate(
  `regions built and checked, ${COUNT} in one prediction`,
  median(() => build(COUNT), 5),
)
reportRate(
  `predictions validated, ${COUNT} of one region`,
  median(() => validateBatch(config, tasks, predictions), 5),
)

function timeOurs(mask: MaskPixels): Timing {
  const rle = encodeBrush(mask)
  return {
    encode: median(() => encodeBrush(mask)),
    decode: median(() => decodeBrush(rle, mask.width, mask.height)),
  }
}

function timePack(mask: MaskPixels): Timing {
  const rgba = Uint8Array.from({ length: mask.data.length * 4 }, (_, index) => mask.data[index >> 2] ?? 0)
  const rle = encodePack(rgba, rgba.length, 8)
  return {
    encode: median(() => Array.from(encodePack(rgba, rgba.length, 8)), 3),
    decode: median(() => decodePack(rle), 3),
  }
}

/** The SDK's own functions on the same masks; undefined without a Python that has it. */
function timePython(): Record<string, Timing> | undefined {
  const command = process.env.PRELABEL_PYTHON
  if (command === undefined) {
    console.log('PRELABEL_PYTHON is not set: no comparison with label-studio-sdk')
    return undefined
  }
  const folder = mkdtempSync(join(tmpdir(), 'prelabel-bench-'))
  try {
    for (const [name, { width, height, data }] of Object.entries(masks)) {
      writeFileSync(join(folder, `${name}.${width}.${height}`), data)
    }
    return JSON.parse(execFileSync(command, ['-c', PYTHON, folder], { encoding: 'utf8' }))
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** Milliseconds; the first rounds warm up and are not counted. */
function median(call: () => unknown, rounds = 15): number {
  const times: number[] = []
  for (let round = -3; round < rounds; round++) {
    const start = performance.now()
    call()
    if (round >= 0) times.push(performance.now() - start)
  }
  return times.sort((a, b) => a - b)[Math.floor(times.length / 2)] ?? Number.NaN
}

function report(what: string, ours: number, others: Readonly<Record<string, number | undefined>>): void {
  const against = Object.entries(others).flatMap(([name, time]) =>
    time === undefined ? [] : [`${name} ${time.toFixed(1)} ms (×${(time / ours).toFixed(1)})`],
  )
  console.log([`${what}: ${ours.toFixed(2)} ms`, ...against].join(', '))
}

function reportRate(what: string, time: number): void {
  console.log(`${what}: ${Math.round((COUNT / time) * 1000)} a second`)
}

function drawMask(width: number, height: number, isInside: (x: number, y: number) => boolean): MaskPixels {
  const data = new Uint8Array(width * height)
  for (let index = 0; index < data.length; index++) {
    if (isInside(index % width, Math.floor(index / width))) data[index] = 255
  }
  return { width, height, data }
}

function ellipse(width: number, height: number): (x: number, y: number) => boolean {
  return (x, y) => ((x - width / 2) / (width * 0.4)) ** 2 + ((y - height / 2) / (height * 0.4)) ** 2 <= 1
}

/** Every sixteenth pixel turned over, the same ones at every run (mulberry32). */
function noisy(isInside: (x: number, y: number) => boolean): (x: number, y: number) => boolean {
  let state = 1
  return (x, y) => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return isInside(x, y) !== (((mixed ^ (mixed >>> 14)) & 15) === 0)
  }
}
