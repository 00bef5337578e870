import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { copyFileSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { createEmptyProject, type EmptyProject, root } from './empty-project.js'

const readme = readFileSync(join(root, 'README.md'), 'utf8')

let project: EmptyProject
beforeAll(() => {
  project = createEmptyProject()
  const peers = Object.entries(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).peerDependencies)
  const versions = peers.map(([name, range]) => `${name}@${range}`)
  project.run('npm', 'install', project.tarball, ...versions, 'typescript@5.9', '@types/node@20')
})
afterAll(() => project.remove())

test('the tarball holds the library and its docs, and nothing of the tests, examples or models', () => {
  const files = project.run('tar', '-tzf', project.tarball).split('\n')
  expect(files).toContain('package/dist/index.js')
  expect(files).toContain('package/dist/index.d.ts')
  expect(files.filter((file) => /^package\/(src|test|examples|bench)\//.test(file) || file.endsWith('.onnx'))).toEqual(
    [],
  )
})

test('the root import loads no heavy package', () => {
  const script = `
    const before = new Set(Object.keys(process.binding('natives')))
    await import('prelabel')
    const { createRequire } = await import('node:module')
    const loaded = Object.keys(createRequire(import.meta.url).cache)
    console.log(JSON.stringify([...loaded, ...process.moduleLoadList]))`
  const loaded = project.run('node', '--no-warnings', '--input-type=module', '-e', script)
  for (const name of ['onnxruntime', 'sharp', 'transformers']) expect(loaded).not.toContain(name)
})

test("the README's example compiles against the declarations alone", () => {
  project.write('backend.ts', readmeExample())
  const options = ['--noEmit', '--strict', '--target', 'es2022', '--module', 'nodenext', '--skipLibCheck', 'false']
  expect(project.run('npx', 'tsc', ...options, 'backend.ts')).toBe('')
})

test("the README's compile error is a real one", () => {
  const wrong = readmeExample().replace("label: 'Car'", "label: 'Truck'")
  project.write('wrong.ts', wrong)
  const options = ['--noEmit', '--strict', '--target', 'es2022', '--module', 'nodenext']
  expect(() => project.run('npx', 'tsc', ...options, 'wrong.ts')).toThrow()
})

test("the README's example serves", async () => {
  copyFileSync(join(root, 'examples/models/nanodet-coco/model.onnx'), join(project.folder, 'yolo11n.onnx'))
  const bin = join(project.folder, 'node_modules/.bin/prelabel')
  const child = spawn(bin, ['start', 'backend.ts', '--port', '0', '--host', '127.0.0.1'], { cwd: project.folder })
  onTestFinished(() => void child.kill('SIGKILL'))
  let url = ''
  for await (const line of createInterface({ input: child.stdout })) {
    url = /listening on (\S+)/.exec(line)?.[1] ?? ''
    if (url !== '') break
  }
  const response = await fetch(new URL('health', `${url}/`))
  expect(await response.json()).toMatchObject({ status: 'UP' })
  child.kill('SIGTERM')
  expect(await once(child, 'exit')).toEqual([null, 'SIGTERM'])
})

function readmeExample(): string {
  const block = /```ts\n([\s\S]*?)```/.exec(readme)?.[1]
  if (block === undefined) throw new Error('the README has no TypeScript example')
  return block
}
