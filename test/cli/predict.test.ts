import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { predict } from '../../src/cli/predict.js'
import { folderWith, runCli } from './run-cli.js'

const backend = resolve(import.meta.dirname, 'backend.fixture.ts')

describe('prelabel predict', () => {
  test('writes the tasks in order with what was found, names those that failed, and exits 1', async () => {
    const tasks = [
      { id: 3, data: { text: 'Hello👋 world' } },
      { id: 4, data: { text: 'boom now' } },
      { text: 'Hi you' },
      { id: 5, data: {} },
      { id: 6, data: { text: 'odd one' } },
    ]
    const folder = folderWith({ 'tasks.jsonl': tasks.map((task) => `${JSON.stringify(task)}\n`).join('') })
    const out = join(folder, 'predictions.json')
    const ran = await runCli(predict, [backend, '--tasks', join(folder, 'tasks.jsonl'), '--out', out])
    expect(JSON.parse(readFileSync(out, 'utf8'))).toMatchObject([
      { id: 3, predictions: [{ result: [{ value: { start: 0, end: 6, text: 'Hello👋' } }] }] },
      { id: 4, predictions: [] },
      { data: { text: 'Hi you' }, predictions: [{ result: [{ value: { start: 0, end: 2 } }] }] },
      { id: 5, predictions: [] },
      { id: 6, predictions: [{ result: [] }] },
    ])
    expect(ran.code).toBe(1)
    expect(ran.stderr).toMatch(/^error adapter-failed: .*boom\n {2}hint: .*\n {2}task: 4$/m)
    expect(ran.stderr).toMatch(/^error task-field-missing: .*<Text name="text".*\n {2}hint: .*\n {2}task: 5$/m)
    expect(ran.stderr).toMatch(/^error class-unmapped findings\n.*"Farewell".*\n {2}hint: .*\n {2}task: 6$/m)
    expect(ran.stderr).toMatch(/^3 of 5 tasks predicted$/m)
  })

  test('refuses a file that is not there, breaks, or has no backend', async () => {
    const folder = folderWith({
      'tasks.json': '[]',
      'number.mjs': 'export default 1',
      'broken.mjs': 'export default (',
    })
    const refused = async (file: string) =>
      (await runCli(predict, [join(folder, file), '--tasks', join(folder, 'tasks.json')])).stderr
    expect(await refused('nothing.mjs')).toMatch(/^error file-unreadable: .*nothing\.mjs does not exist/)
    expect(await refused('broken.mjs')).toMatch(/^error backend-file-broken: .*broken\.mjs could not be loaded: .*\n?$/)
    expect(await refused('number.mjs')).toMatch(/^error not-a-backend: .*number\.mjs has no backend/)
  })

  test('refuses a file without tasks', async () => {
    const folder = folderWith({ 'tasks.json': '["a.jpg"]' })
    const ran = await runCli(predict, [backend, '--tasks', join(folder, 'tasks.json')])
    expect(ran).toMatchObject({ code: 1, stderr: expect.stringMatching(/^error no-tasks: .*\n {2}hint: /) })
  })
})
