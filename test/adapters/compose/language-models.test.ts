/** Language models as members: what they cost, what they ask in bulk, and what they learn. */

import { describe, expect, it, onTestFinished } from 'vitest'
import type { BatchState, FitEvent, Item } from '../../../src/adapters/adapter.js'
import { compose } from '../../../src/adapters/compose/index.js'
import { anthropic, type LlmOptions, llm, openai } from '../../../src/adapters/llm/index.js'
import { rules } from '../../../src/adapters/rules/index.js'
import { type LlmServer, startLlmServer } from '../../../src/testing/index.js'
import { makeItems } from '../llm/make-items.js'
import { predictContext } from '../text/text-item.js'

const XML = `<View><Text name="review" value="$review"/>
  <Choices name="tone" toName="review"><Choice value="Positive"/><Choice value="Negative"/></Choices></View>`
const items = makeItems(XML, [{ review: 'Good' }, { review: 'Bad' }])

/** Members never wait for a batch here: a job is asked about again at once. */
const clock = { now: Date.now, random: () => 0, sleep: () => new Promise<void>((resolve) => setImmediate(resolve)) }
const quick: Partial<LlmOptions> = { confidence: 'none', retries: 0, clock }

async function jury(options: Partial<LlmOptions> = {}) {
  const start = (tone: (text: string) => string) =>
    startLlmServer({
      script: ({ messages: [message] }) => ({ kind: 'answer', json: { tone: tone(message?.text ?? '') } }),
      batchPolls: 2,
    })
  const glad = await start(() => 'Positive')
  const fair = await start((text) => (text.includes('Good') ? 'Positive' : 'Negative'))
  onTestFinished(async () => {
    await Promise.all([glad.close(), fair.close()])
  })
  const members = (extra: Partial<LlmOptions> = {}) => [
    llm({ ...quick, ...options, provider: openai({ model: 'gpt-5-mini', apiKey: 'k', baseURL: glad.openaiUrl }) }),
    llm({
      ...quick,
      ...options,
      ...extra,
      provider: anthropic({ model: 'claude-haiku-5-5', apiKey: 'k', baseURL: fair.url }),
    }),
  ]
  return { glad, fair, members }
}

/** A state that is kept as JSON. */
function fileState(content?: string): BatchState & { content(): unknown } {
  let json = content
  const parsed = () => (json === undefined ? undefined : JSON.parse(json))
  return {
    read: parsed,
    write(state) {
      json = JSON.stringify(state)
    },
    content: parsed,
  }
}

async function* stream(all: readonly Item[]) {
  yield* all
}

const asked = (servers: readonly LlmServer[]) => servers.map(({ requests }) => requests.length)
const { logger } = predictContext(undefined)
const bulk = () => ({ signal: new AbortController().signal, logger })

describe('language models together', () => {
  it('are asked about whole tasks, and say which control they mean', async () => {
    const { members } = await jury()
    const adapter = compose({ adapters: members(), merge: 'vote', minVotes: 2 })
    expect(adapter).toMatchObject({ scope: 'task', batchSize: 1 })
    expect(await adapter.predict(items, predictContext([]))).toMatchObject([
      [{ kind: 'classification', control: 'tone', classes: [{ label: 'Positive' }] }],
      [],
    ])
    expect(adapter.usage?.()).toMatchObject({ requests: 4 })
  })

  it('plan each for itself, from one reading of the tasks', async () => {
    const { members, glad, fair } = await jury()
    const [one, two] = members()
    if (one === undefined || two === undefined) throw new Error('no members')
    const plan = await compose({ adapters: [one, two] }).plan?.(stream(items), bulk())
    expect(plan?.text).toBe(`llm: ${(await one.plan(items)).text}\n\nllm: ${(await two.plan(items)).text}`)
    expect(asked([glad, fair])).toEqual([0, 0])
  })

  it('run in bulk each with a state of its own, and go on with it', async () => {
    const { members, glad, fair } = await jury()
    const state = fileState()
    const adapter = compose({ adapters: members() })
    const { text } = (await adapter.runBatch?.(stream(items), { ...bulk(), state })) ?? {}
    expect(text).toBe(
      'llm: 2 requests answered in bulk, 0 from the cache, 0 failed; llm: 2 requests answered in bulk, 0 from the cache, 0 failed',
    )
    expect(state.content()).toMatchObject({ llm: { jobs: [{ done: true }] }, 'llm#2': { jobs: [{ done: true }] } })
    expect(asked([glad, fair])).toEqual([2, 2])

    const later = compose({ adapters: members() })
    await later.runBatch?.(stream(items), { ...bulk(), state })
    expect(await later.predict(items, predictContext([]))).toHaveLength(2)
    expect(asked([glad, fair])).toEqual([2, 2])
  })

  it('let the others end when one cannot run', async () => {
    const { members, glad, fair } = await jury()
    const state = fileState()
    const adapter = compose({ adapters: members({ budget: { run: { requests: 1 } } }) })
    await expect(adapter.runBatch?.(stream(items), { ...bulk(), state })).rejects.toMatchObject({ kind: 'budget' })
    expect(asked([glad, fair])).toEqual([2, 0])
    expect(state.content()).toMatchObject({ llm: { jobs: [{ done: true }] } })
  })

  it('refuse a state that others wrote', async () => {
    const { members } = await jury()
    for (const content of ['{"jobs":[],"failed":[]}', '[]', '{}'])
      await expect(
        compose({ adapters: members() }).runBatch?.(stream(items), { ...bulk(), state: fileState(content) }),
      ).rejects.toMatchObject({ code: 'compose-batch-state' })
  })

  it('remember of a project each its own', async () => {
    const { members, glad, fair } = await jury({ promptPrefix: 'prompt' })
    const [first] = members()
    const [, second] = members({ promptPrefix: 'other' })
    if (first === undefined || second === undefined) throw new Error('no members')
    const adapter = compose({ adapters: [first, second] })
    const event = (extraParams: unknown): FitEvent => ({
      action: 'SETUP',
      project: '6',
      controls: items[0]?.controls ?? [],
      annotations: [],
      extraParams,
    })
    const both = await adapter.fit?.(event({ prompt: 'Be strict.', other: 'Be kind.' }), {
      remembered: undefined,
      logger,
    })
    expect(both).toEqual({
      llm: { prompt: 'Be strict.', from: 'extra-params' },
      'llm#2': { prompt: 'Be kind.', from: 'extra-params' },
    })
    await adapter.predict(
      items.slice(0, 1).map((item) => ({ ...item, remembered: both })),
      predictContext([]),
    )
    expect(glad.requests[0]?.system).toContain('Be strict.')
    expect(fair.requests[0]?.system).toContain('Be kind.')
    expect(glad.requests[0]?.system).not.toContain('Be kind.')

    const one = await adapter.fit?.(event({ other: 'Be kind.' }), { remembered: both, logger })
    expect(one).toEqual({ 'llm#2': { prompt: 'Be kind.', from: 'extra-params' } })
    expect(await adapter.fit?.(event({}), { remembered: one, logger })).toBeNull()
    expect(await adapter.fit?.(event({}), { remembered: undefined, logger })).toBeUndefined()
    expect(await adapter.fit?.({ ...event({ prompt: 'x' }), controls: [] }, { remembered: undefined, logger })).toBe(
      undefined,
    )
  })

  it('are not composed with adapters that look at one object', async () => {
    const { members } = await jury()
    expect(() => compose({ adapters: [...members(), rules({ rules: [] })] })).toThrow(
      expect.objectContaining({ code: 'invalid-options', path: 'compose.adapters' }),
    )
  })
})
