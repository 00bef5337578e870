/** The backend as a route handler of a Next application that is built and started as in production. */

import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { freePort } from '../live/free-port.js'
import { createEmptyProject, type EmptyProject, outputOf } from './empty-project.js'
import { CONFIG, toneBackend } from './tone-backend.js'

const ROUTE = `${toneBackend("basePath: '/api/ml'")}
export const { fetch: GET, fetch: POST } = backend
`

let project: EmptyProject
let server: ChildProcess | undefined
beforeAll(() => {
  project = createEmptyProject()
})
afterAll(async () => {
  if (server?.exitCode === null) {
    server.kill('SIGTERM')
    await once(server, 'exit')
  }
  project.remove()
})

test('a Next application answers Label Studio at a route', async ({ skip }) => {
  const types = ['typescript@5.9', '@types/node@20', '@types/react']
  try {
    project.run('npm', 'install', project.tarball, 'next', 'react', 'react-dom', ...types)
  } catch (error) {
    console.log(`Next could not be installed: ${outputOf(error)}`)
    skip('Next could not be installed')
  }
  project.write('app/api/ml/[[...path]]/route.ts', ROUTE)
  project.write('app/page.tsx', 'export default function Page() { return null }\n')
  project.write(
    'app/layout.tsx',
    'export default function Layout({ children }: { children: React.ReactNode }) { return <html><body>{children}</body></html> }\n',
  )
  project.run('npx', 'next', 'build')
  const url = await start()

  expect(await (await fetch(`${url}/health`)).json()).toMatchObject({ status: 'UP' })
  const setup = await post(`${url}/setup`, { project: '1.1', schema: CONFIG })
  expect(setup).toMatchObject({ model_version: expect.stringMatching(/^tone-/) })
  const predicted = await post(`${url}/predict`, { project: '1.1', tasks: [{ id: 1, data: { text: 'happy' } }] })
  expect(predicted).toMatchObject({ results: [{ ...setup, result: [{ value: { choices: ['Positive'] } }] }] })
})

async function start(): Promise<string> {
  const port = await freePort()
  const next = join(project.folder, 'node_modules/next/dist/bin/next')
  const args = [next, 'start', '-p', String(port), '-H', '127.0.0.1']
  const child = spawn(process.execPath, args, { cwd: project.folder, stdio: ['ignore', 'pipe', 'inherit'] })
  server = child
  for await (const line of createInterface({ input: child.stdout })) if (line.includes('Ready')) break
  return `http://127.0.0.1:${port}/api/ml`
}

async function post(url: string, body: object): Promise<object> {
  const headers = { 'content-type': 'application/json' }
  return Object(await (await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) })).json())
}
