import { describe, expect, it } from 'vitest'
import {
  anthropic,
  LlmError,
  type LlmOptions,
  type LlmProvider,
  llm,
  openai,
  openaiCompatible,
} from '../../../src/adapters/llm/index.js'
import { type LlmScript, type LlmServer, startLlmServer } from '../../../src/testing/index.js'
import { predictWith } from './ask-model.js'
import { makeItem, makeItems, picture } from './make-items.js'

const xml = `<View><Text name="review" value="$review"/>
  <Choices name="tone" toName="review"><Choice value="Positive"/><Choice value="Negative"/></Choices></View>`
const items = makeItems(xml, [{ review: 'Good' }, { review: 'Bad' }, { review: 'Good' }, { review: 'Rude' }])
const script: LlmScript = ({ messages: [message] }) =>
  message?.text.includes('Rude')
    ? { kind: 'refusal' }
    : { kind: 'answer', json: { tone: message?.text.includes('Good') ? 'Positive' : 'Negative' } }

const providers: Record<string, (server: LlmServer) => LlmProvider> = {
  'OpenAI Responses': ({ openaiUrl }) => openai({ model: 'gpt-5-mini', apiKey: 'k', baseURL: openaiUrl }),
  'OpenAI Chat': ({ openaiUrl }) => openai({ model: 'gpt-5-mini', api: 'chat', apiKey: 'k', baseURL: openaiUrl }),
  Anthropic: ({ url }) => anthropic({ model: 'claude-haiku-5-5', apiKey: 'k', baseURL: url }),
}

async function withServer(run: (server: LlmServer) => Promise<void>): Promise<void> {
  const server = await startLlmServer({ script, batchPolls: 2 })
  try {
    await run(server)
  } finally {
    await server.close()
  }
}

/** What a run writes down, as JSON. */
function memoryState() {
  let json: string | undefined
  const read = () => (json === undefined ? undefined : JSON.parse(json))
  return {
    state: {
      read,
      write(value: unknown) {
        json = JSON.stringify(value)
      },
    },
    written: read,
  }
}

const options: Partial<LlmOptions> = { confidence: 'none', retries: 0 }
const quick = { pollEvery: 1 }

describe.each(Object.entries(providers))('%s', (_, make) => {
  it('answers in bulk at half the price, and predicts from what came', () =>
    withServer(async (server) => {
      const adapter = llm({ ...options, provider: make(server) })
      const run = await adapter.runBatch(items, quick)
      expect(run).toMatchObject({ jobs: [expect.any(String)], cached: 0, answered: 2, failed: 1 })
      expect(server.requests).toHaveLength(3)
      const batched = adapter.usage()
      expect(batched.requests).toBe(3)

      const outcomes = await predictWith(adapter, items)
      expect(outcomes).toMatchObject([
        [{ classes: [{ label: 'Positive' }] }],
        [{ classes: [{ label: 'Negative' }] }],
        [{ classes: [{ label: 'Positive' }] }],
        { kind: 'refusal' },
      ])
      expect(server.requests).toHaveLength(4)

      const full = llm({ ...options, provider: make(server) })
      await predictWith(full, items)
      expect(batched.cost).toBeCloseTo(full.usage().cost / 2, 12)
      expect(await adapter.runBatch(items.slice(0, 3), quick)).toMatchObject({
        jobs: [],
        cached: 2,
        answered: 0,
        failed: 0,
      })
    }))
})

it('tells the log of each job that is sent, and each time it waits on', () =>
  withServer(async (server) => {
    const lines: (string | undefined)[] = []
    const none = () => undefined
    const logger = { debug: none, warn: none, error: none, info: (_: object, message?: string) => lines.push(message) }
    const provider = openai({ model: 'gpt-5-mini', apiKey: 'k', baseURL: server.openaiUrl })
    const { jobs } = await llm({ ...options, provider }).runBatch(items, { ...quick, logger })
    const waiting = `${jobs[0]}: in progress, asking again in 0.001 s`
    expect(lines).toEqual([`${jobs[0]}: sent, 3 requests`, waiting, waiting])
  }))

it('goes on with a job after a crash, without sending or billing it again', () =>
  withServer(async (server) => {
    const provider = openai({ model: 'gpt-5-mini', apiKey: 'k', baseURL: server.openaiUrl })
    const { state, written } = memoryState()
    const crash = new AbortController()
    const broken = llm({ ...options, provider }).runBatch(items, {
      pollEvery: 60_000,
      signal: crash.signal,
      state: {
        read: state.read,
        write(value) {
          state.write(value)
          setImmediate(() => crash.abort(new Error('crash')))
        },
      },
    })
    await expect(broken).rejects.toThrow('crash')
    expect(written()).toEqual({ jobs: [{ id: expect.any(String), done: false }], failed: [] })

    const adapter = llm({ ...options, provider })
    expect(await adapter.runBatch(items, { ...quick, state })).toMatchObject({ answered: 2, failed: 1 })
    expect(server.requests).toHaveLength(3)
    expect(adapter.usage().requests).toBe(3)
    expect(written()).toMatchObject({ jobs: [{ done: true }], failed: [expect.any(String)] })

    const later = llm({ ...options, provider })
    await later.runBatch(items, { ...quick, state })
    expect(await predictWith(later, items.slice(0, 3))).toHaveLength(3)
    expect(server.requests).toHaveLength(3)
    expect(later.usage()).toMatchObject({ requests: 0, cacheHits: 3 })
  }))

it('refuses the state of something else', async () => {
  const provider = openai({ model: 'gpt-5-mini', apiKey: 'k' })
  const state = { read: () => ({ tasks: [] }), write: () => undefined }
  await expect(llm({ provider }).runBatch(items, { state })).rejects.toMatchObject({ code: 'llm-batch-state' })
})

it('asks the rest in bulk that a job before did not hold', () =>
  withServer(async (server) => {
    const provider = anthropic({ model: 'claude-haiku-5-5', apiKey: 'k', baseURL: server.url })
    const { state, written } = memoryState()
    await llm({ ...options, provider }).runBatch(items.slice(0, 1), { ...quick, state })
    const run = await llm({ ...options, provider }).runBatch(items, { ...quick, state })
    expect(run).toMatchObject({ jobs: [expect.any(String), expect.any(String)], answered: 2, cached: 1, failed: 1 })
    expect(server.requests).toHaveLength(3)
    expect(written()).toMatchObject({ jobs: [{ done: true }, { done: true }] })
  }))

it('is not begun when it may not fit the budget', () =>
  withServer(async (server) => {
    const provider = openai({ model: 'gpt-5-mini', apiKey: 'k', baseURL: server.openaiUrl })
    const adapter = llm({ ...options, provider, budget: { run: { requests: 2 } } })
    await expect(adapter.runBatch(items, quick)).rejects.toMatchObject({ kind: 'budget' })
    expect(server.requests).toHaveLength(0)
  }))

it('keeps replies for predict where there is no cache', () =>
  withServer(async (server) => {
    const provider = openai({ model: 'gpt-5-mini', apiKey: 'k', baseURL: server.openaiUrl })
    const adapter = llm({ ...options, provider, cache: false })
    await adapter.runBatch(items.slice(0, 2), quick)
    await predictWith(adapter, items.slice(0, 2))
    expect(server.requests).toHaveLength(2)
  }))

it('needs a provider that has one', async () => {
  const local = openaiCompatible({ model: 'm', baseURL: 'http://127.0.0.1:1/v1' })
  await expect(llm({ provider: local }).runBatch(items)).rejects.toThrow('no batch API')
})

it('fails when a job fails, also while the items of the next one are still read', async () => {
  let fail: (error: Error) => void = () => undefined
  const lost = new Promise<never>((_, reject) => {
    fail = reject
  })
  const never = () => Promise.reject(new Error('is not asked'))
  const provider: LlmProvider = {
    name: 'mine',
    model: 'm',
    vision: true,
    logprobs: false,
    complete: never,
    countTokens: never,
    batch: { submit: async () => 'job', results: () => lost },
  }
  const item = makeItem('<View><Image name="i" value="$i"/><TextArea name="t" toName="i"/></View>', { i: 'a.png' })
  /** Two of them are too much for one job. */
  const large = (hash: string) => {
    const input = { ...picture, bytes: new Uint8Array(40 * 2 ** 20), hash }
    return { ...item, input, inputs: [{ object: item.object, input }] }
  }
  async function* stream() {
    yield large('a')
    yield large('b')
    fail(new LlmError('the job is lost', { kind: 'provider' }))
    await new Promise((resolve) => setImmediate(resolve))
  }
  await expect(llm({ provider }).runBatch(stream())).rejects.toThrow('the job is lost')
})
