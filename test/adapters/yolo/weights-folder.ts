import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import sharp from 'sharp'
import { z } from 'zod'
import type { Adapter } from '../../../src/adapters/adapter.js'
import { type YoloOptions, yolo } from '../../../src/adapters/yolo/index.js'
import { type BindingReport, createBackend } from '../../../src/backend/index.js'
import { parseConfig } from '../../../src/config/index.js'
import { type WrittenModel, type WrittenOutput, writeOnnx } from '../../inference/onnx-writer.js'
import { silent } from './picture-item.js'

/** Side of the pictures and of the models' inputs. */
export const SIDE = 64
const ROWS = 300
const input = { name: 'images', dims: [1, 3, SIDE, SIDE] }

/** Final rows, of which only these are not empty. */
function rows(columns: number, filled: readonly (readonly number[])[]): WrittenOutput {
  const data = new Float32Array(ROWS * columns)
  for (const [row, values] of filled.entries()) data.set(values, row * columns)
  return { name: 'output0', dims: [1, ROWS, columns], data }
}

const final = (task: string, names: string, outputs: readonly WrittenOutput[], more = {}): WrittenModel => ({
  inputs: [input],
  outputs,
  properties: { task, names, end2end: 'True', ...more },
})
const VEHICLES = "{0: 'car', 1: 'bus'}"

/** A model for each task. Each finds the same in every picture of 64 × 64 pixels. */
export const WEIGHTS = {
  // Columns: two corners, score, class.
  detect: final('detect', VEHICLES, [
    rows(6, [
      [8, 8, 24, 40, 0.9, 0],
      [32, 16, 64, 32, 0.3, 1],
    ]),
  ]),
  // Columns: centre, size, score, class, angle.
  obb: final('obb', VEHICLES, [rows(7, [[32, 32, 20, 10, 0.9, 0, Math.PI / 6]])]),
  // Columns: two corners, score, class, and the weight of the one prototype, which is full.
  segment: final('segment', VEHICLES, [
    rows(7, [[8, 8, 24, 40, 0.9, 0, 1]]),
    { name: 'output1', dims: [1, 1, 16, 16], data: new Float32Array(256).fill(1) },
  ]),
  // Columns: two corners, score, class, and x, y, score of two points.
  pose: final(
    'pose',
    "{0: 'person'}",
    [
      rows(12, [
        [8, 8, 40, 56, 0.8, 0, 16, 16, 0.9, 32, 48, 0.4],
        [40, 8, 60, 56, 0.3, 0, 48, 16, 0.9, 50, 48, 0.9],
      ]),
    ],
    { kpt_shape: '[2, 3]' },
  ),
  classify: {
    inputs: [input],
    outputs: [{ name: 'output0', dims: [1, 3], data: Float32Array.from([0.6, 0.3, 0.1]) }],
    properties: { task: 'classify', names: "{0: 'day', 1: 'night', 2: 'dusk'}" },
  },
} as const satisfies Record<string, WrittenModel>

/** Writes models into a new folder, by file name. */
export async function writeWeights(files: Readonly<Record<string, WrittenModel>>): Promise<{
  readonly folder: string
  remove(): Promise<void>
}> {
  const folder = await mkdtemp(join(tmpdir(), 'prelabel-weights-'))
  for (const [name, written] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true })
    await writeFile(join(folder, name), writeOnnx(written))
  }
  return { folder, remove: () => rm(folder, { recursive: true }) }
}

const result = z.looseObject({
  id: z.string(),
  from_name: z.string(),
  type: z.string(),
  score: z.number().optional(),
  parentID: z.string().optional(),
  value: z.record(z.string(), z.unknown()),
})
export type Result = z.output<typeof result>
const prediction = z.looseObject({ result: z.array(result) })
const answer = z.object({ results: z.tuple([prediction.or(z.tuple([]))]) })

/** A picture of {@link WEIGHTS}' size. */
export const picture = async () => {
  const png = await sharp({ create: { width: SIDE, height: SIDE, channels: 3, background: '#777' } })
    .png()
    .toBuffer()
  return `data:image/png;base64,${png.toString('base64')}`
}

export interface Asked {
  readonly xml: string
  /** Undefined where the task failed. */
  readonly prediction: z.output<typeof prediction> | undefined
  readonly results: readonly Result[]
  readonly report: BindingReport
}

/** The backend's answer to one task with a picture, by the protocol, and its report. */
export async function ask(controls: string, options: YoloOptions | Adapter): Promise<Asked> {
  const xml = `<View><Image name="image" value="$image"/>${controls}</View>`
  const adapter = 'fills' in options ? options : yolo({ thread: 'calling', scoreThreshold: 0.5, ...options })
  const backend = createBackend({ config: parseConfig(xml), adapters: [adapter], logger: silent })
  try {
    const report = await backend.report(xml)
    const body = JSON.stringify({ tasks: [{ id: 1, data: { image: await picture() } }], label_config: xml })
    const headers = { 'content-type': 'application/json' }
    const response = await backend.fetch(new Request('http://localhost/predict', { method: 'POST', body, headers }))
    const [one] = answer.parse(await response.json()).results
    const given = 'result' in one ? one : undefined
    return { xml, report, prediction: given, results: given?.result ?? [] }
  } finally {
    await backend.dispose()
  }
}

/** Why the report says that a control is not filled. */
export function reasonOf(report: BindingReport, control: string): string | undefined {
  return report.controls.find((one) => one.control === control)?.refused[0]?.reason
}
