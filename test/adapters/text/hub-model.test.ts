import { createReadStream, existsSync } from 'node:fs'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { ner } from '../../../src/adapters/ner/index.js'
import { loaded } from './loaded.js'
import { BERT_NER } from './model-folders.js'
import { predictContext, textItem } from './text-item.js'

/** A hub that has one model at one commit. */
const asked: string[] = []
const server: Server = createServer((request, response) => {
  const file = /^\/acme\/tiny-ner\/resolve\/abc123\/(.+)$/.exec(request.url ?? '')?.[1]
  asked.push(file ?? request.url ?? '')
  if (file === undefined || !existsSync(path.join(BERT_NER, file))) {
    response.writeHead(404).end()
    return
  }
  createReadStream(path.join(BERT_NER, file)).pipe(response)
})
let hub: string
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  hub = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`
})
afterAll(() => {
  server.close()
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

  test('in another variant is another model, also when both are fetched at once', async () => {
    const infos = [options('abc123'), { ...options('abc123'), dtype: 'q8' as const }].map((of) => ner(of).inspect?.())
    const [one, other] = await Promise.all(infos)
    expect(one?.fingerprint).not.toBe(other?.fingerprint)
  })
})
