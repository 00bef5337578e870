import { describe, expect, it } from 'vitest'
import {
  anthropic,
  type LlmOptions,
  type LlmProvider,
  llm,
  openai,
  openaiCompatible,
} from '../../../src/adapters/llm/index.js'
import { type LlmScript, type LlmServer, startLlmServer } from '../../../src/testing/index.js'
import { predictWith } from './ask-model.js'
import { makeItems } from './make-items.js'

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

const options: Partial<LlmOptions> = { confidence: 'none', retries: 0 }
const quick = { pollEvery: 1 }

describe.each(Object.entries(providers))('%s', (_, make) => {
  it('answers in bulk at half the price, and predicts from what came', () =>
    withServer(async (server) => {
      const adapter = llm({ ...options, provider: make(server) })
      const jobs: string[] = []
      const run = await adapter.runBatch(items, { ...quick, onJob: (id) => jobs.push(id) })
      expect(run).toMatchObject({ jobId: jobs[0], cached: 0, answered: 2, failed: [{ kind: 'refusal' }] })
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
      expect(await adapter.runBatch(items.slice(0, 3), quick)).toEqual({ cached: 3, answered: 0, failed: [] })
    }))
})

it('goes on with a job after a crash, without sending it again', () =>
  withServer(async (server) => {
    const provider = openai({ model: 'gpt-5-mini', apiKey: 'k', baseURL: server.openaiUrl })
    const jobs: string[] = []
    const crash = new AbortController()
    const broken = llm({ ...options, provider }).runBatch(items, {
      pollEvery: 60_000,
      signal: crash.signal,
      onJob(id) {
        jobs.push(id)
        setImmediate(() => crash.abort(new Error('crash')))
      },
    })
    await expect(broken).rejects.toThrow('crash')
    const adapter = llm({ ...options, provider })
    const run = await adapter.runBatch(items, { ...quick, jobId: jobs[0] ?? '' })
    expect(run).toMatchObject({ jobId: jobs[0], answered: 2 })
    expect(server.requests).toHaveLength(3)
  }))

it('is not begun when it may not fit the budget', () =>
  withServer(async (server) => {
    const provider = openai({ model: 'gpt-5-mini', apiKey: 'k', baseURL: server.openaiUrl })
    const adapter = llm({ ...options, provider, budget: { run: { requests: 2 } } })
    await expect(adapter.runBatch(items, quick)).rejects.toMatchObject({ kind: 'budget' })
    expect(server.requests).toHaveLength(0)
  }))

it('needs a provider that has one, and a cache', async () => {
  const local = openaiCompatible({ model: 'm', baseURL: 'http://127.0.0.1:1/v1' })
  await expect(llm({ provider: local }).runBatch(items)).rejects.toThrow('no batch API')
  const provider = openai({ model: 'gpt-5-mini', apiKey: 'k' })
  await expect(llm({ provider, cache: false }).runBatch(items)).rejects.toThrow('response cache')
})
