import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { fileCache, type LlmReply, memoryCache } from '../../../../src/adapters/llm/index.js'

const reply: LlmReply = {
  text: '{"it":"😀"}',
  usage: { input: 1, output: 2, cacheRead: 3, cacheWrite: 4 },
  tokens: [{ text: '{"it":"😀"}', logprob: -0.5 }],
}
const key = 'ab'.repeat(32)

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'prelabel-cache-'))
})
afterEach(() => rm(folder, { recursive: true }))

describe.each([
  ['memory', () => memoryCache()],
  ['file', () => fileCache(join(folder, 'replies'))],
])('%s', (_, make) => {
  it('gives back what it was given', async () => {
    const cache = make()
    expect(await cache.get(key)).toBeUndefined()
    await cache.set(key, reply)
    expect(await cache.get(key)).toEqual(reply)
    expect(await cache.get('cd'.repeat(32))).toBeUndefined()
  })
})

it('forgets the oldest reply of a full memory', async () => {
  const cache = memoryCache({ maxEntries: 1 })
  await cache.set(key, reply)
  await cache.set('other', reply)
  expect(await cache.get(key)).toBeUndefined()
})

it('outlives the process, leaves no unfinished file, and takes a broken one for absent', async () => {
  await Promise.all(Array.from({ length: 20 }, () => fileCache(folder).set(key, reply)))
  expect(await fileCache(folder).get(key)).toEqual(reply)
  const [parent = ''] = await readdir(folder)
  expect(await readdir(join(folder, parent))).toEqual([`${key}.json`])
  for (const broken of ['{"text":', '{"text":"x"}']) {
    await writeFile(join(folder, parent, `${key}.json`), broken)
    expect(await fileCache(folder).get(key)).toBeUndefined()
  }
})
