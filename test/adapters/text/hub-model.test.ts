import { createReadStream, existsSync } from 'node:fs'
import { appendFile, cp, mkdtemp, readdir, rm } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { ner } from '../../../src/adapters/ner/index.js'
import { loaded } from './loaded.js'
import { BERT_NER } from './model-folders.js'
import { moveWeights } from './move-weights.js'
import { predictContext, textItem } from './text-item.js'

/** A hub that has one model at one commit. */
const asked: string[] = []
const server: Server = createServer((request, response) => {
  const [, name, file] = /^\/acme\/([\w-]+)\/resolve\/abc123\/(.+)$/.exec(request.url ?? '') ?? []
  asked.push(file ?? request.url ?? '')
  const folder = name === 'split-ner' ? split : BERT_NER
  if (name === 'private-ner' && request.headers.authorization !== `Bearer ${SECRET}`) response.writeHead(401).end()
  else if (file === undefined || !existsSync(path.join(folder, file))) response.writeHead(404).end()
  else createReadStream(path.join(folder, file)).pipe(response)
})
const SECRET = 'hf_secret_of_the_test'
/** The same model with its weights in a file beside it. */
let split: string
let hub: string
beforeAll(async () => {
  split = await mkdtemp(path.join(tmpdir(), 'prelabel-split-'))
  await cp(BERT_NER, split, { recursive: true })
  await moveWeights(path.join(split, 'onnx/model.onnx'))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  hub = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`
})
afterAll(async () => {
  server.close()
  await rm(split, { recursive: true })
})

describe('a model of the hub', () => {
  let cacheFolder: string
  beforeEach(async () => {
    asked.length = 0
    cacheFolder = await mkdtemp(path.join(tmpdir(), 'prelabel-hub-'))
  })
  afterEach(() => rm(cacheFolder, { recursive: true }))
  const options = (revision = 'abc123') => ({ model: 'acme/tiny-ner', revision, hub, cacheFolder })

  test('is described by its small files alone, fetched once, and then found on this machine', async () => {
    const adapter = ner(options())
    const info = await adapter.inspect?.()
    expect(info?.classes).toEqual(['PER', 'ORG', 'LOC'])
    expect(asked).toEqual(['config.json', 'tokenizer.json', 'tokenizer_config.json'])
    const model = await loaded(adapter)
    expect(asked.slice(3)).toEqual(['onnx/model.onnx'])
    const outcomes = await adapter.predict([textItem({ kind: 'text', text: 'In Paris' })], predictContext(model))
    expect(outcomes).toMatchObject([[{ label: 'LOC', start: 3, end: 8 }]])
    await adapter.dispose?.(model)
    await ner({ ...options(), hub: 'http://127.0.0.1:9' }).inspect?.()
    expect(asked).toHaveLength(4)
  })

  test('that the hub does not have is named, and nothing half fetched stays', async () => {
    await expect(ner({ ...options('def456') }).inspect?.()).rejects.toMatchObject({ code: 'model-not-on-hub' })
    await expect(loaded(ner({ ...options(), dtype: 'q4' }))).rejects.toMatchObject({
      code: 'model-not-on-hub',
      message: expect.stringContaining('onnx/model_q4.onnx'),
    })
    const names = await readdir(cacheFolder, { recursive: true })
    expect(names.filter((name) => name.endsWith('.part'))).toEqual([])
  })

  test('without a network is refused with what to do instead', async () => {
    await expect(ner({ ...options(), hub: 'http://127.0.0.1:9' }).inspect?.()).rejects.toMatchObject({
      code: 'model-hub-unreachable',
      hint: expect.stringContaining('give the path of its folder'),
    })
  })

  test('without a revision is refused at once', () => {
    expect(() => ner({ model: 'acme/tiny-ner' })).toThrow(expect.objectContaining({ code: 'model-revision-missing' }))
  })

  test('whose weights are split is fetched whole, and one file changes its fingerprint in a folder', async () => {
    const adapter = ner({ ...options(), model: 'acme/split-ner' })
    const model = await loaded(adapter)
    expect(asked.slice(3)).toEqual(['onnx/model.onnx', 'onnx/model.onnx_data'])
    const outcomes = await adapter.predict([textItem({ kind: 'text', text: 'In Paris' })], predictContext(model))
    expect(outcomes).toMatchObject([[{ label: 'LOC', start: 3, end: 8 }]])
    await adapter.dispose?.(model)
    const before = await ner({ model: split }).inspect?.()
    await appendFile(path.join(split, 'onnx/model.onnx_data'), 'more')
    expect((await ner({ model: split }).inspect?.())?.fingerprint).not.toBe(before?.fingerprint)
  })

  test('that is private is read with a token, which is told nowhere', async () => {
    const from = { ...options(), model: 'acme/private-ner' }
    for (const token of [undefined, 'hf_wrong'])
      await expect(ner({ ...from, ...(token === undefined ? {} : { token }) }).inspect?.()).rejects.toMatchObject({
        code: 'model-access-denied',
        message: expect.not.stringContaining('hf_wrong'),
        hint: expect.stringContaining('HF_TOKEN'),
      })
    const adapter = ner({ ...from, token: SECRET })
    expect(await adapter.inspect?.()).toMatchObject({ classes: ['PER', 'ORG', 'LOC'] })
    expect(JSON.stringify(adapter)).not.toContain(SECRET)
  })

  test('is asked of the hub, and with the token, that the environment names', async () => {
    vi.stubEnv('HF_ENDPOINT', `${hub}/`)
    vi.stubEnv('HF_TOKEN', SECRET)
    const adapter = ner({ model: 'acme/private-ner', revision: 'abc123', cacheFolder })
    expect(await adapter.inspect?.()).toMatchObject({ classes: ['PER', 'ORG', 'LOC'] })
    expect(JSON.stringify(adapter)).not.toContain(SECRET)
    vi.unstubAllEnvs()
  })

  test('in another variant is another model, also when both are fetched at once', async () => {
    const infos = [options('abc123'), { ...options('abc123'), dtype: 'q8' as const }].map((of) => ner(of).inspect?.())
    const [one, other] = await Promise.all(infos)
    expect(one?.fingerprint).not.toBe(other?.fingerprint)
  })
})
