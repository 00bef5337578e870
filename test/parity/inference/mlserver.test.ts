import { type ChildProcess, spawn } from 'node:child_process'
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ModelSource } from '../../../src/adapters/yolo/index.js'
import { loadYoloModel, type YoloModel } from '../../../src/adapters/yolo/model.js'
import { parseYoloOptions, type YoloOptions } from '../../../src/adapters/yolo/options.js'
import type { Finding, MaskPixels } from '../../../src/results/findings.js'
import { freePort } from '../../live/free-port.js'
import { stopProcess } from '../../live/stop-process.js'
import { maskSimilarity, pixelsInside } from '../yolo/mask-similarity.js'
import { hasZoo, picturePath, references, zoo } from '../yolo/zoo.js'

/** A Python that has the packages mlserver and onnxruntime. */
const python = process.env.PRELABEL_MLSERVER_PYTHON
if (python === undefined) console.info('skipped: MLServer; PRELABEL_MLSERVER_PYTHON names no Python that has it')

const PATIENCE = 300_000
const NANODET = resolve('examples/models/nanodet-coco/model.onnx')
/** What a server does not say of each model. */
const SERVED = {
  nanodet: { file: NANODET, more: {} },
  ...(hasZoo
    ? {
        segment: { file: `${zoo}/yolo11-seg/model.onnx`, more: {} },
        pose: { file: `${zoo}/yolov8-pose/model.onnx`, more: { task: 'pose', keypoints: [4, 3] } },
      }
    : {}),
} as const

describe.skipIf(python === undefined)('models behind MLServer', () => {
  let server: ChildProcess
  let url: string
  let folder: string

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'served-'))
    await cp('test/parity/inference/served', folder, { recursive: true })
    for (const [name, { file }] of Object.entries(SERVED)) {
      await mkdir(join(folder, name))
      const settings = { name, implementation: 'runtime.OnnxRuntime', parameters: { version: 'v1', uri: file } }
      await writeFile(join(folder, name, 'model-settings.json'), JSON.stringify(settings))
    }
    const [http, grpc, metrics] = [await freePort(), await freePort(), await freePort()]
    url = `http://127.0.0.1:${http}`
    server = spawn(python ?? '', ['-m', 'mlserver.cli.main', 'start', '.'], {
      cwd: folder,
      env: {
        ...process.env,
        PYTHONPATH: folder,
        MLSERVER_HTTP_PORT: String(http),
        MLSERVER_GRPC_PORT: String(grpc),
        MLSERVER_METRICS_PORT: String(metrics),
      },
      stdio: 'ignore',
    })
    for (const name of Object.keys(SERVED)) await ready(`${url}/v2/models/${name}/ready`)
  }, PATIENCE)

  afterAll(async () => {
    await stopProcess(server)
    await rm(folder, { recursive: true, force: true })
  })

  it('find the boxes that the model finds here', async () => {
    const names = Array.from({ length: 80 }, (_, index) => `class ${index}`)
    const pictures = ['collage', 'cat', 'coffee'].map((name) => `examples/photos/${name}.jpg`)
    const here = await find({ model: NANODET, names }, pictures)
    expect(here.flat().length).toBeGreaterThan(7)
    expectSame(await find({ model: { url, model: 'nanodet' }, names }, pictures), here)
  })

  it.skipIf(!hasZoo).each([
    ['segment', 'yolo11-seg', 'mask'],
    ['pose', 'yolov8-pose', 'pose'],
  ] as const)('%s as the model does here', async (name, recorded, kind) => {
    const { file, more } = SERVED[name] ?? SERVED.nanodet
    const pictures = references(recorded, 'model_default')
      .results.slice(0, 3)
      .map(({ image }) => picturePath(image))
    const model = await loadYoloModel(parseYoloOptions({ model: file }))
    const { names } = model.layout
    const here = await findAll(model, pictures)
    expect(here.flat().filter((found) => found.kind === kind).length).toBeGreaterThan(4)
    expectSame(await find({ model: { url, model: name }, names, ...more }, pictures), here.map(withoutNames))
  })

  it('passes on the server’s refusal', async () => {
    await expect(find({ model: { url, model: 'none' }, names: ['a'] }, [])).rejects.toMatchObject({
      code: 'remote-model-failed',
      message: expect.stringContaining('none'),
    })
  })
})

type Found = readonly Finding[]

async function find(
  options: YoloOptions & { readonly model: ModelSource },
  pictures: readonly string[],
): Promise<Found[]> {
  return findAll(await loadYoloModel(parseYoloOptions(options)), pictures)
}

async function findAll(model: YoloModel, pictures: readonly string[]): Promise<Found[]> {
  try {
    const read = await Promise.all(pictures.map(async (file) => ({ bytes: await readFile(file) })))
    const floors = read.map(() => new Float32Array(model.layout.names.length).fill(0.25))
    const found = await model.find(read, floors)
    return found.map((findings) => {
      if (findings instanceof Error) throw findings
      return findings
    })
  } finally {
    await model.dispose()
  }
}

/** The server's runtime is of another build, which rounds differently. */
function expectSame(there: readonly Found[], here: readonly Found[]): void {
  expect(there).toEqual(here.map((findings) => findings.map((finding) => near(finding))))
  const masks = masksOf(there)
  for (const [index, mask] of masksOf(here).entries())
    expect(maskSimilarity(mask, pixelsInside(masks[index] ?? mask))).toBeGreaterThan(0.99)
}

/** A server does not tell the names of points. */
function withoutNames(found: Found): Found {
  return found.map((finding) =>
    finding.kind === 'pose' ? { ...finding, points: finding.points.map(({ label, ...point }) => point) } : finding,
  )
}

function masksOf(found: readonly Found[]): MaskPixels[] {
  return found.flat().flatMap((finding) => (finding.kind === 'mask' ? [finding.mask] : []))
}

function near(value: unknown, name?: string): unknown {
  if (name === 'mask') return expect.anything()
  if (typeof value === 'number') return expect.closeTo(value, name === 'score' ? 4 : 2)
  if (Array.isArray(value)) return value.map((each) => near(each))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, near(each, key)]))
}

async function ready(place: string): Promise<void> {
  const end = Date.now() + PATIENCE
  while (Date.now() < end) {
    const response = await fetch(place).catch(() => undefined)
    if (response?.ok === true) return
    await wait(250)
  }
  throw new Error('MLServer did not get ready')
}
