import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import { start } from '../../src/cli/start.js'
import { runCli } from './run-cli.js'

const backend = resolve(import.meta.dirname, 'backend.fixture.ts')

test.each(['99999', '-1', 'http'])('refuses port %s', async (port) => {
  const ran = await runCli(start, [backend, `--port=${port}`])
  expect(ran).toMatchObject({ code: 1, stderr: expect.stringMatching(/error invalid-option: --port/) })
})

test('fails before it listens when a model cannot be used', async () => {
  const ran = await runCli(start, [resolve(import.meta.dirname, 'missing-model.fixture.ts'), '--port', '0'])
  expect(ran).toMatchObject({
    code: 1,
    stdout: '',
    stderr: expect.stringMatching(/^error model-not-found: .*no-such-model/),
  })
})
