import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { resolve } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { SharedOptions } from '../../../src/adapters/yolo/index.js'
import { loadYoloModel } from '../../../src/adapters/yolo/model.js'
import { parseYoloOptions, type YoloOptions } from '../../../src/adapters/yolo/options.js'
import type { Finding } from '../../../src/results/findings.js'
import { boxSimilarity, matchFindings, ofKind } from '../../adapters/yolo/match.js'

/** A Python that has the packages mlserver and onnxruntime. */
const python = process.env.PRELABEL_MLSERVER_PYTHON
if (python === undefined) console.info('skipped: MLServer; PRELABEL_MLSERVER_PYTHON names no Python that has it')

const MODEL = resolve('examples/models/nanodet-coco/model.onnx')
const PATIENCE = 120_000

describe.skipIf(python === undefined)('a model behind MLServer', () => {
  let server: ChildProcess
  let url: string

  beforeAll(async () => {
    const [http, grpc] = [await freePort(), await freePort()]
    url = `http://127.0.0.1:${http}`
    server = spawn(python ?? '', ['-m', 'mlserver.cli.main', 'start', '.'], {
      cwd: resolve('test/parity/inference/nanodet'),
      env: { ...process.env, NANODET: MODEL, MLSERVER_HTTP_PORT: String(http), MLSERVER_GRPC_PORT: String(grpc) },
      stdio: 'ignore',
    })
    await ready(`${url}/v2/models/nanodet/ready`)
  }, PATIENCE)

  afterAll(async () => {
    const ended = once(server, 'exit')
    server.kill()
    await ended
  })

  it('finds what the model finds here', async () => {
    const names = Array.from({ length: 80 }, (_, index) => `class ${index}`)
    const remote = await find({ model: { url, model: 'nanodet' }, names })
    const local = await find({ model: MODEL, names })
    const references = local.flatMap(({ label: name, score = 1, box: { x, y, width, height } }) => [
      { name, conf: score, xyxy: [x, y, x + width, y + height] as const },
    ])
    const matches = matchFindings(remote, references, 0.25, ({ box }, { xyxy }) => boxSimilarity(box, xyxy))
    expect(matches.length).toBeGreaterThan(5)
    expect(Math.min(...matches.map(({ similarity }) => similarity))).toBeGreaterThan(0.99)
  })

  it('passes on the server’s refusal', async () => {
    await expect(find({ model: { url, model: 'none' }, names: ['a'] })).rejects.toMatchObject({
      code: 'remote-model-failed',
      message: expect.stringContaining('none'),
    })
  })
})

async function find(
  options: YoloOptions & Pick<SharedOptions, 'model'>,
): Promise<Extract<Finding, { kind: 'detection' }>[]> {
  const model = await loadYoloModel(parseYoloOptions(options))
  try {
    const bytes = await readFile('examples/photos/collage.jpg')
    const [found] = await model.find([{ bytes }], [new Float32Array(model.layout.names.length).fill(0.25)])
    return ofKind(found, 'detection')
  } finally {
    await model.dispose()
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return address.port
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
