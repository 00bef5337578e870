/**
 * Measures `/predict` with a trivial model: requests a second and latencies at 1, 16 and 64 connections, and memory over
 * many tasks. Beside it, in one run on one machine: the PyPI package label-studio-ml with the same model, made by its own
 * `init` and started as its Dockerfile does; and a bare node:http server that parses and writes the same JSON, below which
 * nothing over node:http can be.
 *
 * Run: `npm run build && node --import jiti/register bench/backend.ts [seconds]`, with wrk installed and PRELABEL_ML_PYTHON
 * set to a Python that has label-studio-ml, gunicorn, rq and redis; without it only this library is measured.
 *
 * Node takes one new connection a turn of its loop, so that the first request of each waits, and wrk adds what such a
 * one held up to its latencies: a run must be long for its p99 to be that of connections that are there.
 */

import { type ChildProcess, execFileSync, type StdioOptions, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'

const CONNECTIONS = [1, 16, 64]
/** What is measured is a server that has run for a while: until then, much of its time goes into compiling. */
const WARM_UP = { connections: 16, seconds: 10 }
const TASKS = 10_000
const CONFIG = `<View>
  <Header value="Choose the tone of the text"/>
  <Text name="text" value="$text"/>
  <Choices name="tone" toName="text" choice="single" showInLine="true">
    <Choice value="Positive"/>
    <Choice value="Negative"/>
    <Choice value="Neutral"/>
  </Choices>
</View>`

const PYTHON_MODEL = `
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
`

/** Imports what `npm run build` made, so that what is measured is what is shipped. */
const PRELABEL_SERVER = `
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

const BARE_SERVER = `
import { createServer } from 'node:http'

const answer = (tasks) => ({
  results: tasks.map(({ data }) => ({
    result: [{ id: 'abcdefghij', from_name: 'tone', to_name: 'text', type: 'choices', value: { choices: [data.text.includes('happy') ? 'Positive' : 'Negative'] } }],
    score: 0.9,
    model_version: 'tone',
  })),
})
createServer((request, response) => {
  const chunks = []
  request.on('data', (chunk) => chunks.push(chunk))
  request.on('end', () => {
    const { tasks = [] } = request.method === 'POST' ? JSON.parse(Buffer.concat(chunks).toString()) : {}
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer(tasks)))
  })
}).listen(Number(process.argv[2]), '127.0.0.1')
`

interface Server {
  readonly name: string
  readonly url: string
  readonly process: ChildProcess
}

async function startNode(name: string, folder: string, code: string): Promise<Server> {
  const port = await freePort()
  const file = join(folder, `${name}.mjs`)
  writeFileSync(file, code)
  const stdio: StdioOptions = ['ignore', 'ignore', 'inherit', 'ipc']
  const child = spawn(process.execPath, ['--expose-gc', file, String(port)], { stdio, env: quiet() })
  return waitUntilUp({ name, url: `http://127.0.0.1:${port}`, process: child })
}

/** A project made by label-studio-ml itself, served with the command of the Dockerfile in it. */
async function startPython(python: string, folder: string): Promise<Server> {
  const port = await freePort()
  writeFileSync(join(folder, 'model.py'), PYTHON_MODEL)
  execFileSync(join(dirname(python), 'label-studio-ml'), ['init', 'tone', '--script', 'model.py:Tone'], {
    cwd: folder,
    stdio: 'ignore',
  })
  const project = join(folder, 'tone')
  const command = /^CMD exec gunicorn (.*)$/m.exec(readFileSync(join(project, 'Dockerfile'), 'utf8'))?.[1]
  if (command === undefined) throw new Error('the Dockerfile of label-studio-ml starts no gunicorn')
  const args = ['-m', 'gunicorn', '--log-level', 'error', ...command.replace(':$PORT', `127.0.0.1:${port}`).split(' ')]
  const child = spawn(python, args, { cwd: project, stdio: ['ignore', 'ignore', 'inherit'] })
  return waitUntilUp({ name: 'label-studio-ml', url: `http://127.0.0.1:${port}`, process: child })
}

function quiet(): NodeJS.ProcessEnv {
  return { ...process.env, LOG_LEVEL: 'error' }
}

/** As Label Studio sends them. Never the same text twice, so that no cache answers. */
function predictBody(ids: readonly (number | string)[]) {
  const tasks = ids.map((id) => ({
    id,
    data: {
      text: `A happy customer, number ${id}: the parcel came in two days, and the colour is that of the picture.`,
    },
    meta: {},
    created_at: '2026-11-21T22:20:28.727397Z',
    updated_at: '2026-11-21T22:20:28.727437Z',
    is_labeled: false,
    overlap: 1,
    inner_id: 1,
    total_annotations: 0,
    cancelled_annotations: 0,
    total_predictions: 0,
    comment_count: 0,
    unresolved_comment_count: 0,
    last_comment_updated_at: null,
    project: 1,
    updated_by: null,
    file_upload: null,
    comment_authors: [],
    annotations: [],
    predictions: [],
  }))
  const params = { login: null, password: null, context: null }
  return { tasks, project: '1.1795299628', label_config: CONFIG, params }
}

/** A script for wrk, which loads one core less than a client in Node would. */
function wrkScript(): string {
  const parts = JSON.stringify(predictBody(['@']))
    .replace('"@"', '@')
    .split('@')
  return `
local parts = { ${parts.map((part) => `[==[${part}]==]`).join(', ')} }
local serial = os.time() * 1000000
request = function()
  serial = serial + 1
  return wrk.format('POST', '/predict', { ['Content-Type'] = 'application/json' }, table.concat(parts, string.format('%d', serial)))
end
done = function(summary, latency)
  io.write(string.format('{"requests":%d,"us":%d,"p50":%d,"p99":%d,"failed":%d}\\n', summary.requests, summary.duration,
    latency:percentile(50), latency:percentile(99), summary.errors.status + summary.errors.read + summary.errors.timeout))
end
`
}

async function load({ url }: Server, script: string, connections: number, seconds: number) {
  const args = ['-t1', `-c${connections}`, `-d${seconds}`, '--timeout', '10', '-s', script, url]
  const child = spawn('wrk', args, { stdio: ['ignore', 'pipe', 'inherit'] })
  const output = (await child.stdout.setEncoding('utf8').toArray()).join('')
  const { requests, us, p50, p99, failed } = JSON.parse(output.trim().split('\n').at(-1) ?? '{}')
  if (failed > 0) throw new Error(`${failed} requests to ${url} failed`)
  return { requests, rate: (requests * 1e6) / us, p50: p50 / 1000, p99: p99 / 1000 }
}

async function measure(server: Server, script: string, connections: number, seconds: number) {
  await load(server, script, connections, 1)
  const before = cpuSeconds(server)
  const { requests, ...measured } = await load(server, script, connections, seconds)
  return { ...measured, cpu: ((cpuSeconds(server) - before) / requests) * 1e6 }
}

/**
 * Processor time of a server and the workers it started, in seconds, from Linux's /proc; NaN elsewhere. It depends less
 * than rates and latencies on who else uses the machine.
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

/** Megabytes of heap in use, after collection, once so many more tasks were predicted in lists of 250. */
async function memoryAfter({ url, process: child }: Server, first: number): Promise<number> {
  for (let id = first; id < first + TASKS; id += 250) {
    const ids = Array.from({ length: 250 }, (_, offset) => id + offset)
    const response = await post(`${url}/predict`, predictBody(ids))
    const { results } = (await response.json()) as { results: unknown[] }
    if (results.length !== 250) throw new Error(`${results.length} results for 250 tasks`)
  }
  const answer = once(child, 'message')
  child.send('memory')
  const [{ heapUsed }]: [NodeJS.MemoryUsage] = (await answer) as [NodeJS.MemoryUsage]
  return heapUsed / 1024 ** 2
}

async function waitUntilUp(server: Server): Promise<Server> {
  for (let tries = 0; tries < 100; tries += 1) {
    const answer = await fetch(`${server.url}/health`).catch(() => undefined)
    if (answer?.ok) {
      // As Label Studio does before it asks for predictions.
      await post(`${server.url}/setup`, { project: '1.1795299628', schema: CONFIG, hostname: '', access_token: '' })
      return server
    }
    await promisify(setTimeout)(200)
  }
  server.process.kill()
  throw new Error(`${server.name} did not start`)
}

function post(url: string, body: object): Promise<Response> {
  return fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })
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
  const script = join(folder, 'predict.lua')
  writeFileSync(script, wrkScript())
  const python = process.env.PRELABEL_ML_PYTHON
  const prelabel = await startNode('prelabel', folder, PRELABEL_SERVER)
  const servers = [prelabel, await startNode('bare', folder, BARE_SERVER)]
  try {
    if (python === undefined) console.log('label-studio-ml is not measured: PRELABEL_ML_PYTHON is not set')
    else servers.push(await startPython(python, folder))
    console.log('| server | connections | requests/s | p50 ms | p99 ms | CPU µs/request |')
    console.log('| --- | ---: | ---: | ---: | ---: | ---: |')
    for (const server of servers) await load(server, script, WARM_UP.connections, WARM_UP.seconds)
    for (const connections of CONNECTIONS) {
      for (const server of servers) {
        const { rate, p50, p99, cpu } = await measure(server, script, connections, seconds)
        const figures = [rate.toFixed(0), p50.toFixed(2), p99.toFixed(2), cpu.toFixed(0)]
        console.log(`| ${[server.name, connections, ...figures].join(' | ')} |`)
      }
    }
    for (let round = 1; round <= 4; round += 1) {
      const used = await memoryAfter(prelabel, round * TASKS)
      console.log(`heap after ${round * TASKS} more tasks: ${used.toFixed(1)} MB`)
    }
  } finally {
    for (const server of servers) server.process.kill()
    rmSync(folder, { recursive: true, force: true })
  }
}

await main(Number(process.argv[2] ?? 60))
