import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { promisify, stripVTControlCharacters } from 'node:util'
import { expect, onTestFinished, test, vi } from 'vitest'
import { start } from '../../src/cli/start.js'
import { writeOnnx } from '../inference/onnx-writer.js'
import { folderWith, runCli } from './run-cli.js'

const DETECTOR = {
  inputs: [{ name: 'images', dims: [1, 3, 32, 32] }],
  outputs: [{ name: 'output0', dims: [1, 300, 6], data: new Float32Array(1800) }],
  properties: { task: 'detect', names: "{0: 'car'}", end2end: 'True' },
}
const source = resolve(import.meta.dirname, '../../src')
const backend = resolve(import.meta.dirname, 'backend.fixture.ts')

test.each(['99999', '-1', 'http'])('refuses port %s', async (port) => {
  const ran = await runCli(start, [backend, `--port=${port}`])
  expect(ran).toMatchObject({ code: 1, stderr: expect.stringMatching(/error invalid-option: --port/) })
})

test.each(['soon', '-1', ''])('refuses to shut down within %j milliseconds', async (drain) => {
  const ran = await runCli(start, [backend, `--drain=${drain}`])
  expect(ran).toMatchObject({ code: 1, stderr: expect.stringMatching(/error invalid-option: --drain/) })
})

test('refuses a PORT that is none', async () => {
  vi.stubEnv('PORT', 'http')
  onTestFinished(() => void vi.unstubAllEnvs())
  expect(await runCli(start, [backend])).toMatchObject({ code: 1, stderr: expect.stringContaining(': PORT must be') })
})

test('fails before it listens when a model cannot be used', async () => {
  const ran = await runCli(start, [resolve(import.meta.dirname, 'missing-model.fixture.ts'), '--port', '0'])
  expect(ran).toMatchObject({
    code: 1,
    stdout: '',
    stderr: expect.stringMatching(/^error adapter-inspect-failed: .*adapter yolo .*no-such-model/),
  })
})

test('fails before it listens when a model cannot be used and no config is known', async () => {
  const file = join(folderWith({ 'backend.ts': withoutModel }), 'backend.ts')
  const ran = await runCli(start, [file, '--port', '0'])
  expect(ran).toMatchObject({
    code: 1,
    stdout: '',
    stderr: expect.stringMatching(/^error adapter-inspect-failed: .*adapter sam /),
  })
})

const refusedModel = (options: string) => {
  const model = writeOnnx({ ...DETECTOR, ...(options === '' ? { opset: 99 } : {}) })
  const folder = folderWith({ 'backend.ts': '' })
  writeFileSync(join(folder, 'model.onnx'), model)
  const file = join(folder, 'backend.ts')
  writeFileSync(
    file,
    `import { yolo } from '${source}/adapters/yolo/index.js'
import { createBackend } from '${source}/index.js'
export default createBackend({ adapters: [yolo({ model: '${join(folder, 'model.onnx')}' ${options} })] })`,
  )
  return file
}

test.each([
  ['an opset that the runtime does not know', '', /cpu: .*[Oo]pset 99/],
  ['a provider that is not here', ", providers: ['cuda']", /cuda: /],
  ['a provider that there is not', ", providers: ['gpuu']", /gpuu: .*not found/],
])('fails before it listens with %s', async (_, options, reason) => {
  const ran = await runCli(start, [refusedModel(options), '--port', '0'])
  expect(ran).toMatchObject({ code: 1, stdout: '', stderr: expect.stringMatching(/^error adapter-load-failed: /) })
  expect(ran.stderr).toMatch(reason)
  expect(ran.stderr).not.toMatch(/onnxruntime_src|std::|\.(?:cc|h):\d/)
})

test('ends a command that is done, whatever its file left open', async () => {
  const folder = folderWith({ 'backend.ts': leftOpen, 'tasks.json': '[{"text": "Hello"}]' })
  const main = resolve(import.meta.dirname, '../../src/cli/main.ts')
  const run = (...args: string[]) => promisify(execFile)(process.execPath, ['--import', 'jiti/register', main, ...args])
  const { stdout } = await run('predict', join(folder, 'backend.ts'), '--tasks', join(folder, 'tasks.json'))
  expect(JSON.parse(stdout)).toMatchObject([{ data: { text: 'Hello' } }])
  await expect(run('start', join(folder, 'backend.ts'), '--port', 'none')).rejects.toMatchObject({ code: 1 })
})

const withoutModel = `
import { createBackend } from '${source}/index.js'
import { sam } from '${source}/adapters/sam/index.js'
export default createBackend({ adapters: [sam({ model: '${source}' })] })
`

const leftOpen = `
import { createBackend } from '${source}/index.js'
import { rules } from '${source}/adapters/rules/index.js'
setInterval(() => {}, 1_000_000)
const config = '<View><Text name="t" value="$text"/><Labels name="l" toName="t"><Label value="A"/></Labels></View>'
export default createBackend({ config, adapters: [rules({ rules: [{ label: 'A', terms: ['Hello'] }] })] })
`

test('takes PORT and HOST from the environment, outlives a stray rejection, and ends on SIGTERM', async () => {
  const args = ['--import', 'jiti/register', resolve(import.meta.dirname, '../../src/cli/main.ts')]
  const env = { ...process.env, PORT: '0', HOST: '127.0.0.1' }
  const child = spawn(process.execPath, [...args, 'start', resolve(import.meta.dirname, 'stray.fixture.ts')], { env })
  onTestFinished(() => void child.kill('SIGKILL'))
  const logged: string[] = []
  child.stderr.setEncoding('utf8').on('data', (text: string) => logged.push(text))
  let url = ''
  for await (const line of createInterface({ input: child.stdout })) {
    url = /listening on (http:\/\/127\.0\.0\.1:\d+)/.exec(line)?.[1] ?? ''
    if (url !== '') break
  }
  const send = (path: string, body: object) =>
    fetch(`${url}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
  const predicted = await send('/predict', { tasks: [{ id: 1, data: { text: 'x' } }] })
  expect(await predicted.json()).toMatchObject({ results: [{ result: [] }] })
  expect((await fetch(`${url}/ready`)).status).toBe(200)
  await expect
    .poll(() => logged.join(''))
    .toContain('"err":{"name":"Error","message":"left alone"},"msg":"a promise was rejected')
  child.kill('SIGTERM')
  expect(await once(child, 'exit')).toEqual([null, 'SIGTERM'])
})

test('writes its help without colours into a pipe', async () => {
  const args = ['--import', 'jiti/register', resolve(import.meta.dirname, '../../src/cli/main.ts'), 'start', '--help']
  // Either makes the library that writes the help leave colours out by itself.
  const { CI: _, TEST: __, ...env } = process.env
  const { stdout } = await promisify(execFile)(process.execPath, args, { env })
  expect(stdout).toContain('USAGE')
  expect(stripVTControlCharacters(stdout)).toBe(stdout)
})
