/** The first thing that users do: the example of the README, served by the command line, connected to a project. */

import { type ChildProcess, spawn } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type LabelStudio, startLabelStudio } from './label-studio.js'
import { stopProcess } from './stop-process.js'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))

let labelStudio: LabelStudio
let backend: { readonly url: string; readonly child: ChildProcess }

beforeAll(async () => {
  labelStudio = await startLabelStudio()
  backend = await startFromCommandLine('examples/quickstart/backend.ts')
})

afterAll(async () => {
  if (backend !== undefined) await stopProcess(backend.child)
  await labelStudio?.stop()
})

/** `prelabel start FILE -p 0`, until it says where it listens. */
async function startFromCommandLine(file: string) {
  const args = ['dist/cli/main.js', 'start', file, '--port', '0', '--host', '127.0.0.1']
  const child = spawn(process.execPath, args, { cwd: ROOT, stdio: ['ignore', 'pipe', 'inherit'] })
  for await (const line of createInterface({ input: child.stdout })) {
    const url = /listening on (http:\S+)/.exec(line)?.[1]
    if (url !== undefined) return { url, child }
  }
  throw new Error(`prelabel start ${file} ended without listening`)
}

it('predictions of the quickstart are retrieved and stored', async () => {
  const { client } = labelStudio
  const source = await readFile(new URL('../../examples/quickstart/backend.ts', import.meta.url), 'utf8')
  const labelConfig = /defineConfig\(`([^`]+)`\)/.exec(source)?.[1]
  const project = await client.projects.create({ title: 'Support tickets', label_config: labelConfig ?? '' })
  const tasks = JSON.parse(await readFile(new URL('../../examples/quickstart/tasks.json', import.meta.url), 'utf8'))
  const imported = await client.projects.importTasks(project.id, tasks)
  const connected = await client.mlBackends.connect({ project: project.id, url: backend.url, title: 'quickstart' })
  expect(connected.state).toBe('CO')

  await client.actions.run(project.id, 'retrieve_tasks_predictions')

  const stored = await client.predictions.list({ project: project.id })
  expect(stored).toHaveLength(imported.task_count)
  const { model_version: version } = await client.mlBackends.get(connected.id)
  expect(version).toMatch(/\S/)
  for (const prediction of stored) {
    expect(prediction.model_version).toBe(version)
    expect(prediction.result).not.toEqual([])
  }

  await client.actions.run(project.id, 'retrieve_tasks_predictions')
  expect(await client.predictions.list({ project: project.id })).toHaveLength(imported.task_count)
})
