/**
 * Tasks a second through the language-model adapter, against a stand-in with 200 ms of latency that refuses more than 50
 * calls at a time: `node --import jiti/register bench/llm.ts [tasks]`. The stand-in is a process
 * of its own. Prints the share of the ideal throughput and the heap after each quarter (exact with `--expose-gc`).
 */

import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { anthropic, llm, openai } from '../src/adapters/llm/index.js'
import { objectsOf, parseConfig } from '../src/config/index.js'
import { startLlmServer } from '../src/testing/index.js'

const LATENCY = 200
const IN_FLIGHT = 50

const config = parseConfig(`<View><Text name="review" value="$review"/>
  <Choices name="tone" toName="review"><Choice value="Positive"/><Choice value="Negative"/></Choices>
  <Labels name="things" toName="review"><Label value="Product"/><Label value="Place"/></Labels></View>`)

if (process.argv[2] === 'serve') await serve()
else await measure(Number(process.argv[2] ?? 2000))

async function serve(): Promise<void> {
  const json = {
    tone: { answer: 'Positive', confidence: 0.9 },
    things: [{ answer: { label: 'Product', quote: 'phone', occurrence: 1 }, confidence: 0.8 }],
  }
  const { url } = await startLlmServer({ script: { kind: 'answer', json, delay: LATENCY }, maxInFlight: IN_FLIGHT })
  console.log(url)
}

async function measure(tasks: number): Promise<void> {
  const file = fileURLToPath(import.meta.url)
  const server = spawn(process.execPath, ['--import', 'jiti/register', file, 'serve'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  try {
    const [url] = await new Promise<string[]>((resolve) => {
      createInterface({ input: server.stdout }).once('line', (line) => resolve([line]))
    })
    if (url === undefined) throw new Error('the stand-in did not start')
    const providers = [
      openai({ model: 'gpt-5-mini', apiKey: 'none', baseURL: `${url}/v1` }),
      anthropic({ model: 'claude-haiku-5-5', apiKey: 'none', baseURL: url }),
    ]
    for (const provider of providers) await run(provider, tasks)
  } finally {
    server.kill()
  }
}

/** Bytes that are in use; exact with `--expose-gc`. */
function heapInUse(): number {
  globalThis.gc?.()
  return process.memoryUsage().heapUsed
}

async function run(provider: ReturnType<typeof openai>, tasks: number): Promise<void> {
  const adapter = llm({ provider, concurrency: IN_FLIGHT, cache: false, retries: 0 })
  const [object] = [...config.objects.values()]
  if (object === undefined) throw new Error('the config has no object')
  const controls = [...config.controls.values()].filter((control) => objectsOf(config, control).includes(object))
  const quiet = () => undefined
  const logger = { debug: quiet, info: quiet, warn: quiet, error: quiet }
  let failed = 0
  const predict = async (index: number) => {
    const text = `Review ${index}: a good phone, and the shop in Bern was kind. ${'Some more words. '.repeat(20)}`
    const input = { kind: 'text', text } as const
    const item = { task: { id: index, data: { review: text } }, object, controls, input, inputs: [{ object, input }] }
    const { signal } = new AbortController()
    const [outcome] = await adapter.predict([item], { model: undefined, signal, logger })
    if (outcome === undefined || outcome instanceof Error) failed++
  }

  await Promise.all(Array.from({ length: IN_FLIGHT }, (_, index) => predict(-1 - index)))
  const started = performance.now()
  const before = process.cpuUsage()
  const memory: number[] = []
  let next = 0
  const worker = async () => {
    while (next < tasks) {
      const index = next++
      if (index % Math.ceil(tasks / 4) === 0) memory.push(heapInUse())
      await predict(index)
    }
  }
  await Promise.all(Array.from({ length: IN_FLIGHT }, worker))
  const seconds = (performance.now() - started) / 1000
  memory.push(heapInUse())
  const { user, system } = process.cpuUsage(before)
  const ideal = ((tasks / IN_FLIGHT) * LATENCY) / 1000
  console.info(
    `${provider.name.padEnd(10)} ${tasks} tasks in ${seconds.toFixed(1)} s, ${(tasks / seconds).toFixed(0)} a second,`,
    `${((100 * ideal) / seconds).toFixed(0)} % of the ideal; ${failed} failed;`,
    `${((user + system) / 1000 / tasks).toFixed(1)} ms of CPU a task;`,
    `heap ${memory.map((bytes) => `${Math.round(bytes / 2 ** 20)} MB`).join(', ')}`,
  )
}
