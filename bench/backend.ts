/**
 * Measures `/predict` with a trivial model: requests a second and latencies at 1, 16 and 64 connections, and memory over
 * many tasks; beside the PyPI package label-studio-ml under gunicorn with the same model, in one run on one machine.
 *
 * Run: `npm run build && npx jiti bench/backend.ts [seconds]`, with PRELABEL_ML_PYTHON set to a Python that has label-studio-ml,
 * gunicorn, rq and redis; without it only this library is measured.
 */

import { type ChildProcess, type StdioOptions, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Pool } from 'undici'

const CONNECTIONS = [1, 16, 64]
const TASKS = 10_000
const CONFIG = `<View><Text name="text" value="$text"/>
  <Choices name="tone" toName="text"><Choice value="Positive"/><Choice value="Negative"/></Choices></View>`

const PYTHON = `
from label_studio_ml.api import init_app
from label_studio_ml.model import LabelStudioMLBase

class Tone(LabelStudioMLBase):
    def predict(self, tasks, **kwargs):
        return [{
            'result': [{
                'from_name': 'tone', 'to_name': 'text', 'type': 'choices',
                'value': {'choices': ['Positive' if 'happy' in task['data']['text'] else 'Negative']},
            }],
            'score': 0.9,
        } for task in tasks]

app = init_app(model_class=Tone, model_dir='.')
`

/** Imports what `npm run build` made, so that what is measured is what is shipped. */
const NODE = `
import { createBackend, defineAdapter } from ${JSON.stringify(new URL('../dist/index.js', import.meta.url).href)}

const tone = defineAdapter({
  name: 'tone',
  version: '1.0.0',
  fills: { Choices: ['Text'] },
  batchSize: 64,
  predict: (items) =>
    items.map(({ input }) => [
      { kind: 'classification', classes: [{ label: input.text.includes('happy') ? 'Positive' : 'Negative', score: 0.9 }] },
    ]),
})
await createBackend({ adapters: [tone], limits: { cacheSize: 1024 ** 2 } }).listen({ port: Number(process.argv[2]), host: '127.0.0.1' })
process.on('message', () => {
  globalThis.gc()
  process.send(process.memoryUsage())
})
`

interface Server {
  readonly name: string
  readonly url: string
  readonly process: ChildProcess
}

async function startPrelabel(folder: string): Promise<Server> {
  const port = await freePort()
  const file = join(folder, 'server.mjs')
  writeFileSync(file, NODE)
  const stdio: StdioOptions = ['ignore', 'inherit', 'inherit', 'ipc']
  const child = spawn(process.execPath, ['--expose-gc', file, String(port)], { stdio })
  return waitUntilUp({ name: 'prelabel', url: `http://127.0.0.1:${port}`, process: child })
}

async function startPython(python: string, folder: string): Promise<Server> {
  const url = `http://127.0.0.1:${await freePort()}`
  writeFileSync(join(folder, 'app.py'), PYTHON)
  // As its own Dockerfile starts it.
  const args = [
    '-m',
    'gunicorn',
    '--preload',
    '--bind',
    url.slice(7),
    '--workers',
    '1',
    '--threads',
    '8',
    '--timeout',
    '0',
    '--log-level',
    'error',
    'app:app',
  ]
  return waitUntilUp({
    name: 'label-studio-ml',
    url,
    process: spawn(python, args, { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] }),
  })
}

let serial = 0
/** Never the same text twice, so that no cache answers. */
function predictBody(tasks: number): string {
  const list = Array.from({ length: tasks }, () => ({
    id: ++serial,
    data: { text: `happy customer number ${serial}` },
    annotations: [],
    predictions: [],
  }))
  return JSON.stringify({ tasks: list, project: '1.1795299628', label_config: CONFIG, params: { context: null } })
}

async function ask(pool: Pool, tasks = 1): Promise<void> {
  const headers = { 'content-type': 'application/json' }
  const { statusCode, body } = await pool.request({
    path: '/predict',
    method: 'POST',
    headers,
    body: predictBody(tasks),
  })
  const { results } = (await body.json()) as { results: unknown[] }
  if (statusCode !== 200 || results.length !== tasks)
    throw new Error(`answered ${statusCode} with ${results.length} results`)
}

async function measure(server: Server, connections: number, seconds: number) {
  const pool = new Pool(server.url, { connections, pipelining: 1 })
  const latencies: number[] = []
  const until = async (end: number, times: number[]) => {
    while (performance.now() < end) {
      const started = performance.now()
      await ask(pool)
      times.push(performance.now() - started)
    }
  }
  const run = (ms: number, times: number[]) =>
    Promise.all(Array.from({ length: connections }, () => until(performance.now() + ms, times)))
  await run(1000, [])
  const cpuBefore = cpuSeconds(server)
  await run(seconds * 1000, latencies)
  const cpu = ((cpuSeconds(server) - cpuBefore) / latencies.length) * 1e6
  await pool.close()
  latencies.sort((a, b) => a - b)
  const at = (share: number) =>
    latencies[Math.min(latencies.length - 1, Math.floor(latencies.length * share))] ?? Number.NaN
  return { rate: latencies.length / seconds, p50: at(0.5), p99: at(0.99), cpu }
}

/**
 * Processor time of a server and the workers it started, in seconds, from Linux's /proc; NaN elsewhere. Unlike rates and
 * latencies it does not depend on who else uses the machine.
 */
function cpuSeconds({ process: { pid } }: Server): number {
  try {
    const workers = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean)
    const ticks = [String(pid), ...workers].map((id) => {
      const fields = readFileSync(`/proc/${id}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? []
      return Number(fields[11]) + Number(fields[12])
    })
    return ticks.reduce((sum, one) => sum + one, 0) / 100
  } catch {
    return Number.NaN
  }
}

/** Megabytes of heap in use, after collection, once so many tasks were predicted in lists of 250. */
async function memoryAfter({ url, process: child }: Server, tasks: number): Promise<number> {
  const pool = new Pool(url, { connections: 4 })
  for (let done = 0; done < tasks; done += 1000) await Promise.all([250, 250, 250, 250].map((size) => ask(pool, size)))
  await pool.close()
  const answer = once(child, 'message')
  child.send('memory')
  const [{ heapUsed }]: [NodeJS.MemoryUsage] = (await answer) as [NodeJS.MemoryUsage]
  return heapUsed / 1024 ** 2
}

async function waitUntilUp(server: Server): Promise<Server> {
  for (let tries = 0; tries < 100; tries += 1) {
    const answer = await fetch(`${server.url}/health`).catch(() => undefined)
    if (answer?.ok) {
      await setUp(server)
      return server
    }
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
  server.process.kill()
  throw new Error(`${server.name} did not start`)
}

/** As Label Studio does before it asks for predictions. */
async function setUp({ url }: Server): Promise<void> {
  const headers = { 'content-type': 'application/json' }
  const body = JSON.stringify({ project: '1.1795299628', schema: CONFIG, hostname: '', access_token: '' })
  await fetch(`${url}/setup`, { method: 'POST', headers, body })
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  return address !== null && typeof address === 'object' ? address.port : 0
}

async function main(seconds: number): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'prelabel-bench-'))
  const python = process.env.PRELABEL_ML_PYTHON
  const servers = [await startPrelabel(folder)]
  try {
    if (python === undefined) console.log('label-studio-ml is not measured: PRELABEL_ML_PYTHON is not set')
    else servers.push(await startPython(python, folder))
    console.log(
      '| server | connections | requests/s | p50 ms | p99 ms | CPU µs/request |\n| --- | ---: | ---: | ---: | ---: | ---: |',
    )
    for (const connections of CONNECTIONS) {
      for (const server of servers) {
        const { rate, p50, p99, cpu } = await measure(server, connections, seconds)
        console.log(
          `| ${server.name} | ${connections} | ${rate.toFixed(0)} | ${p50.toFixed(2)} | ${p99.toFixed(2)} | ${cpu.toFixed(0)} |`,
        )
      }
    }
    const [prelabel] = servers
    if (prelabel === undefined) return
    for (let round = 1; round <= 4; round += 1) {
      console.log(`heap after ${round * TASKS} more tasks: ${(await memoryAfter(prelabel, TASKS)).toFixed(1)} MB`)
    }
  } finally {
    for (const server of servers) server.process.kill()
    rmSync(folder, { recursive: true, force: true })
  }
}

await main(Number(process.argv[2] ?? 4))
