import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { predict } from '../../src/cli/predict.js'
import { type LlmScript, startLlmServer } from '../../src/testing/index.js'
import { folderWith, runCli } from './run-cli.js'

const fixture = resolve(import.meta.dirname, 'llm-backend.fixture.ts')
const tasks = [
  { id: 1, data: { text: 'Good day' } },
  { id: 2, data: { text: 'Bad luck' } },
  { id: 3, data: {} },
]

/** A stand-in, and a folder with the tasks and two modules that have a backend of their own. */
async function setUp(script: LlmScript = { kind: 'answer' }) {
  const server = await startLlmServer({ script })
  onTestFinished(() => server.close())
  const module = `import { llmBackend } from ${JSON.stringify(fixture)}\nexport default llmBackend('${server.openaiUrl}')`
  const folder = folderWith({ 'tasks.json': JSON.stringify(tasks), 'first.ts': module, 'second.ts': module })
  return { server, at: (name: string) => join(folder, name) }
}

describe('prelabel predict --plan', () => {
  test('prints the prompt of one task and the bill of all, and sends nothing', async () => {
    const { server, at } = await setUp()
    const { code, stdout } = await runCli(predict, [at('first.ts'), '--tasks', at('tasks.json'), '--plan'])
    expect(server.requests).toEqual([])
    expect(stdout).toMatch(/^# counter\ncosts nothing that it could tell beforehand\n# llm\n--- system\n/)
    expect(stdout).toMatch(/Be strict\.\n[\s\S]*--- user\n<data-\w+ name="text">\nGood day\n/)
    expect(stdout).toMatch(/--- schema of the answer\n\{.*"tone".*\}\n/)
    expect(stdout).toMatch(/^requests {2}2 for 2 tasks, 0 \(0 %\) of them answered from the cache$/m)
    expect(stdout).toMatch(/^cost {6}about \$0\.\d{4}, at most \$0\.\d{4}\nin bulk {3}about \$0\.\d{4}/m)
    expect(stdout).toMatch(/^budget {4}room for all$/m)
    expect(stdout).toMatch(/^error task-field-missing: .*\n {2}hint: .*\n {2}task: 3$/m)
    expect(code).toBe(1)
  })
})

describe('prelabel predict --batch', () => {
  const script: LlmScript = ({ messages: [message] }) => ({
    kind: 'answer',
    json: { tone: message?.text.includes('Good') ? 'Good' : 'Bad' },
  })

  test('asks in bulk, predicts from the replies, and does not ask again in a second run', async () => {
    const { server, at } = await setUp(script)
    const args = ['--tasks', at('tasks.json'), '--out', at('out.json'), '--batch', at('run.json')]
    const first = await runCli(predict, [at('first.ts'), ...args])
    expect(first.stderr).toMatch(
      /^counter: has no way to run in bulk\nllm: 2 requests answered in bulk, 0 from the cache, 0 failed\n/m,
    )
    expect(first.stderr).toMatch(/^2 of 3 tasks predicted$/m)
    const tone = (choice: string) => ({ from_name: 'tone', value: { choices: [choice] } })
    const expected = [
      { id: 1, predictions: [{ result: expect.arrayContaining([expect.objectContaining(tone('Good'))]) }] },
      { id: 2, predictions: [{ result: expect.arrayContaining([expect.objectContaining(tone('Bad'))]) }] },
      { id: 3, predictions: [] },
    ]
    expect(JSON.parse(readFileSync(at('out.json'), 'utf8'))).toMatchObject(expected)
    expect(JSON.parse(readFileSync(at('run.json'), 'utf8'))).toEqual({
      llm: { jobs: [{ id: expect.any(String), done: true }], failed: [] },
    })
    expect(server.requests).toHaveLength(2)

    await runCli(predict, [at('second.ts'), ...args])
    expect(JSON.parse(readFileSync(at('out.json'), 'utf8'))).toMatchObject(expected)
    expect(server.requests).toHaveLength(2)
  })

  test('refuses a file that is none of its own, and a plan beside it', async () => {
    const { server, at } = await setUp(script)
    const args = [at('first.ts'), '--tasks', at('tasks.json'), '--batch', at('tasks.json')]
    expect((await runCli(predict, args)).stderr).toMatch(/^error invalid-batch-file: /m)
    expect((await runCli(predict, [...args, '--plan'])).stderr).toMatch(/^error invalid-option: /)
    expect(JSON.parse(readFileSync(at('tasks.json'), 'utf8'))).toEqual(tasks)
    expect(server.requests).toEqual([])
  })
})
