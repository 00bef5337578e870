import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import { askSdk, python } from '../results/sdk-oracle.js'

const root = resolve(import.meta.dirname, '../../..')
const quickstart = resolve(root, 'examples/quickstart')
if (python === undefined) console.info('skipped: PRELABEL_PYTHON names no python with label-studio-sdk')

/** Needs `npm run build`: the demo's backend imports the package as a user does. */
test.skipIf(python === undefined)("the demo's predictions pass the Python SDK's validator", () => {
  const cli = resolve(root, 'dist/cli/main.js')
  const args = ['predict', resolve(quickstart, 'backend.ts'), '--tasks', resolve(quickstart, 'tasks.json')]
  const written = execFileSync(process.execPath, [cli, ...args], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  const tasks = JSON.parse(written) as { predictions: [{ result: unknown[] }] }[]
  const config = /defineConfig\(`([\s\S]*?)`\)/.exec(readFileSync(resolve(quickstart, 'backend.ts'), 'utf8'))?.[1] ?? ''
  const verdicts = askSdk(tasks.map(({ predictions: [prediction] }) => ({ config, prediction })))
  expect(verdicts).toEqual(tasks.map(() => ({ ok: true, errors: [] })))
  expect(tasks.flatMap(({ predictions: [{ result }] }) => result).length).toBeGreaterThan(30)
})
