/** The packed library on the runtimes that take `{ fetch }` as it is: Bun, Deno, and workerd as Cloudflare's workers run on. */

import { afterAll, beforeAll, expect, test } from 'vitest'
import { createEmptyProject, type EmptyProject } from './empty-project.js'
import { CONFIG, toneBackend } from './tone-backend.js'

const BACKEND = `${toneBackend('logger: { debug() {}, info() {}, warn() {}, error() {} }')}
export default backend
`
const BODY = {
  tasks: [
    { id: 1, data: { text: 'a happy one' } },
    { id: 2, data: {} },
  ],
  label_config: CONFIG,
}

/** Writes what is answered at `listen` and by `fetch` itself. */
const ASK = `
import backend from './backend.js'

const init = { method: 'POST', body: ${JSON.stringify(JSON.stringify(BODY))}, headers: { 'content-type': 'application/json' } }
const server = await backend.listen({ port: 0, host: '127.0.0.1', signals: false })
const answers = [await fetch(server.url + '/predict', init), await backend.fetch(new Request('http://backend/predict', init))]
console.log(JSON.stringify(await Promise.all(answers.map((answer) => answer.json()))))
await server.close()
`

/** The same in a worker, which has no sockets of its own to listen on. */
const ASK_WORKER = `
import { Miniflare } from 'miniflare'

const worker = new Miniflare({
  modules: true,
  scriptPath: 'worker.mjs',
  compatibilityDate: '2026-01-01',
  compatibilityFlags: ['nodejs_compat'],
})
const init = { method: 'POST', body: ${JSON.stringify(JSON.stringify(BODY))}, headers: { 'content-type': 'application/json' } }
console.log(JSON.stringify([await (await worker.dispatchFetch('http://backend/predict', init)).json()]))
await worker.dispose()
`

const PREDICTED = { results: [{ result: [{ value: { choices: ['Positive'] } }] }, []] }

let project: EmptyProject
beforeAll(() => {
  project = createEmptyProject()
  const runtimes = ['bun@1.4.5', 'deno@2.9.6', 'miniflare@4.20260426.0', 'esbuild@0.28.2']
  // Bun and Deno put their programs in place when they are installed.
  project.run('npm', 'install', '--ignore-scripts=false', project.tarball, ...runtimes)
  project.write('backend.js', BACKEND)
  project.write('ask.js', ASK)
  project.write('ask-worker.js', ASK_WORKER)
})
afterAll(() => project.remove())

test.each([
  ['Bun', ['bun', 'ask.js']],
  ['Deno', ['deno', 'run', '-A', 'ask.js']],
])('%s answers by `fetch` and listens', (_, command) => {
  expect(JSON.parse(project.run('npx', ...command))).toMatchObject([PREDICTED, PREDICTED])
})

test('a bundle that leaves out `node:` modules alone answers in a worker', () => {
  const options = ['--bundle', '--format=esm', '--platform=neutral', '--main-fields=module,main', '--external:node:*']
  project.run('npx', 'esbuild', 'backend.js', ...options, '--outfile=worker.mjs')
  expect(JSON.parse(project.run('node', 'ask-worker.js'))).toMatchObject([PREDICTED])
})
