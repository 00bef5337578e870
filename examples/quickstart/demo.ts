/** Starts the backend, asks it what Label Studio asks, checks every answer, and leaves predictions and a page to look at. */

import { type ChildProcess, spawn } from 'node:child_process'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { hasErrors, type Prediction, validatePrediction } from 'prelabel'
import { config } from './backend.js'
import { type Labelled, renderPage, type Ticket } from './page.js'

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))
const server = await startBackend()
try {
  const tickets: Ticket[] = JSON.parse(await readFile(here('tasks.json'), 'utf8'))
  const setup = await post<{ model_version: string }>('setup', { project: '1.1795299628', schema: config.xml })
  console.log(`model version ${setup.model_version}`)
  const started = performance.now()
  const { results } = await post<{ results: Prediction[] }>('predict', {
    tasks: tickets,
    project: '1.1795299628',
    label_config: config.xml,
    params: { context: null },
  })
  const milliseconds = Math.round(performance.now() - started)
  const labelled = await Promise.all(tickets.map((ticket, index) => check(ticket, results[index])))
  await mkdir(here('out'), { recursive: true })
  await writeFile(here('out/predictions.json'), JSON.stringify(labelled.map(toImport), null, 2))
  await writeFile(here('out/report.html'), renderPage(config, labelled))
  const regions = labelled.reduce((sum, { prediction }) => sum + prediction.result.length, 0)
  console.log(`${labelled.length} tasks, ${regions} results in ${milliseconds} ms, all checked against the config

  examples/quickstart/out/report.html       the pictures and texts with what was found: open it in a browser
  examples/quickstart/out/predictions.json  ready for Label Studio: create a project with the config below, then Import
  examples/quickstart/backend.ts            the whole backend; serve it with
                                            npx prelabel start examples/quickstart/backend.ts -p 9090
                                            and add http://<this host>:9090 under Settings > Model

${config.xml.trim()}`)
} finally {
  server.process.kill()
}

async function startBackend(): Promise<{ process: ChildProcess; url: string }> {
  const cli = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url))
  const child = spawn(process.execPath, [cli, 'start', here('backend.ts'), '--port', '0', '--host', '127.0.0.1'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  for await (const line of createInterface({ input: child.stdout })) {
    const url = /listening on (\S+)/.exec(line)?.[1]
    if (url !== undefined) return { process: child, url }
  }
  throw new Error('the backend stopped before it listened')
}

async function post<T>(route: string, body: unknown): Promise<T> {
  const response = await fetch(new URL(route, `${server.url}/`), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  if (!response.ok) throw new Error(`/${route} answered ${response.status}: ${await response.text()}`)
  return response.json() as Promise<T>
}

async function check(ticket: Ticket, prediction: Prediction | undefined): Promise<Labelled> {
  if (prediction === undefined || !('result' in prediction)) throw new Error(`task ${ticket.id} has no prediction`)
  const issues = validatePrediction(config, prediction, { task: ticket })
  if (hasErrors(issues)) throw new Error(`task ${ticket.id}: ${JSON.stringify(issues)}`)
  const bytes = await readFile(here(`../photos/${ticket.data.photo}`))
  return { ticket, prediction, photo: `data:image/jpeg;base64,${bytes.toString('base64')}` }
}

/** The picture travels inside the task, so that the file can be imported anywhere. */
function toImport({ ticket, prediction, photo }: Labelled) {
  return { data: { ...ticket.data, photo }, predictions: [prediction] }
}
