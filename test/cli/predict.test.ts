import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { predict } from '../../src/cli/predict.js'
import { folderWith, runCli } from './run-cli.js'

const backend = resolve(import.meta.dirname, 'backend.fixture.ts')

describe('prelabel predict', () => {
  test('writes tasks with predictions, in order, in code points', async () => {
    const folder = folderWith({ 'tasks.json': '[{"id": 3, "data": {"text": "Hello👋 world"}}, {"text": "Hi you"}]' })
    const out = join(folder, 'predictions.json')
    const ran = await runCli(predict, [backend, '--tasks', join(folder, 'tasks.json'), '--out', out])
    expect(ran).toMatchObject({ code: 0, stderr: '2 of 2 tasks predicted\n' })
    expect(JSON.parse(readFileSync(out, 'utf8'))).toMatchObject([
      {
        id: 3,
        data: { text: 'Hello👋 world' },
        predictions: [{ result: [{ value: { start: 0, end: 6, text: 'Hello👋' } }] }],
      },
      { data: { text: 'Hi you' }, predictions: [{ result: [{ value: { start: 0, end: 2 } }] }] },
    ])
  })

  test('keeps the others when a task fails, names it, and exits 1', async () => {
    const folder = folderWith({
      'tasks.jsonl':
        '{"id": 1, "data": {"text": "boom now"}}\n{"id": 2, "data": {"text": "Hello you"}}\n{"id": 3, "data": {}}\n',
    })
    const ran = await runCli(predict, [backend, '--tasks', join(folder, 'tasks.jsonl')])
    expect(ran.code).toBe(1)
    const written = JSON.parse(ran.stdout) as { predictions: unknown[] }[]
    expect(written.map(({ predictions }) => predictions.length)).toEqual([0, 1, 0])
    expect(ran.stderr).toMatch(/task 1: error adapter-[a-z-]+: .*boom/)
    expect(ran.stderr).toMatch(/task 3: error [a-z-]+: .*text/)
    expect(ran.stderr).toMatch(/1 of 3 tasks predicted/)
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
