/** Files that a task brings stay as long as somebody may read them, and no longer. */

import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { defineAdapter } from '../../../src/index.js'
import { serve } from '../../media/serve.js'
import { quietBackend } from '../harness.js'

const CONFIG =
  '<View><Audio name="call" value="$call"/><Choices name="tone" toName="call"><Choice value="Calm"/></Choices></View>'

it('a task keeps its sound until it is answered; then the cache goes back below its cap', async () => {
  const server = await serve((request, response) => response.end(`${request.url}`.repeat(100)))
  const directory = await mkdtemp(join(tmpdir(), 'prelabel-test-'))
  onTestFinished(() => rm(directory, { recursive: true }))
  const heard: string[] = []
  const adapter = defineAdapter({
    name: 'listener',
    version: '1.0.0',
    fills: { Choices: ['Audio'] },
    async predict(items) {
      for (const { input } of items) heard.push((await readFile(input.path, 'utf8')).slice(0, 6))
      return items.map(() => [{ kind: 'classification' as const, classes: [{ label: 'Calm', score: 1 }] }])
    },
  })
  const cache = { directory, maxBytes: 1000 }
  const backend = quietBackend({ adapters: [adapter], media: { allow: [server.host], cache } })
  onTestFinished(() => backend.dispose())
  const tasks = Array.from({ length: 8 }, (_, id) => ({ id, data: { call: `${server.origin}/${id}.wav` } }))

  const answers = await backend.predict(tasks, { config: CONFIG })
  expect(answers.map(({ prediction }) => prediction?.result)).toEqual(tasks.map(() => [expect.anything()]))
  expect(heard.sort()).toEqual(tasks.map(({ id }) => `/${id}.wav`))

  const [held = ''] = await readdir(join(directory, 'held'))
  await expect.poll(() => readdir(join(directory, 'held', held))).toEqual([])
  const content = join(directory, 'content')
  const bytes = async () => {
    const sizes = (await readdir(content)).map(async (name) => (await stat(join(content, name))).size)
    return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0)
  }
  await expect.poll(bytes).toBeLessThanOrEqual(1000)
})
