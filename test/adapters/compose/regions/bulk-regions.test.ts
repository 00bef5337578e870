/** What is asked about regions, told and done before the predictions. */

import { describe, expect, it, onTestFinished } from 'vitest'
import type { Adapter, BatchState, Item } from '../../../../src/adapters/adapter.js'
import { askRegions } from '../../../../src/adapters/compose/index.js'
import { llm, openai } from '../../../../src/adapters/llm/index.js'
import { rules } from '../../../../src/adapters/rules/index.js'
import { startLlmServer } from '../../../../src/testing/index.js'
import { makeItems } from '../../llm/make-items.js'
import { loaded } from '../../text/loaded.js'
import { predictContext } from '../../text/text-item.js'

const XML = `<View><Text name="text" value="$text"/><Labels name="city" toName="text"><Label value="City"/></Labels>
  <Choices name="size" toName="text" perRegion="true"><Choice value="Big"/><Choice value="Small"/></Choices></View>`
const items = makeItems(XML, [{ text: 'From Oslo to Rome' }, { text: 'nowhere' }, { text: 'In Paris' }])

/** Nothing waits for a batch here: a job is asked about again at once. */
const clock = { now: Date.now, random: () => 0, sleep: () => new Promise<void>((resolve) => setImmediate(resolve)) }
const { logger } = predictContext(undefined)
const bulk = () => ({ signal: new AbortController().signal, logger })

async function* stream(all: readonly Item[]) {
  yield* all
}

function stateInMemory(): BatchState {
  let kept: unknown
  return {
    read: () => kept,
    write(state) {
      kept = state
    },
  }
}

async function model() {
  const server = await startLlmServer({ script: { kind: 'answer', json: { size: 'Big' } }, batchPolls: 1 })
  onTestFinished(() => server.close())
  const provider = openai({ model: 'gpt-5-mini', apiKey: 'k', baseURL: server.openaiUrl })
  return { server, adapter: llm({ provider, confidence: 'none', retries: 0, clock }) }
}

const places = () => rules({ rules: [{ label: 'City', terms: ['Oslo', 'Rome', 'Paris'] }] })

describe('a plan', () => {
  it('finds the regions, and tells what it costs to ask about them', async () => {
    const { server, adapter } = await model()
    const ask: Adapter = adapter
    const plan = await askRegions({ find: places(), ask }).plan?.(stream(items), bulk())
    expect(plan?.text).toMatch(/^llm, about the regions that rules finds: /)
    expect(plan?.text).toContain('⟦Oslo⟧')
    expect(plan?.text).toMatch(/requests +3 /)
    expect(server.requests).toEqual([])
  })

  it('is the one of the finder where it costs to find', async () => {
    const { adapter } = await model()
    const find: Adapter = adapter
    const plan = await askRegions({ find, ask: find }).plan?.(stream(items), bulk())
    expect(plan?.text).toMatch(/^llm, without what is asked about the regions it will find: /)
  })

  it('is none where the adapter that answers has none', () => {
    expect(askRegions({ find: places(), ask: places() })).not.toHaveProperty('plan')
  })
})

it('a bulk run asks about the regions, and predictions take its replies', async () => {
  const { server, adapter } = await model()
  const ask: Adapter = adapter
  const both = askRegions({ find: places(), ask })
  const done = await both.runBatch?.(stream(items), { ...bulk(), state: stateInMemory() })
  expect(done?.text).toContain('3 requests answered in bulk')
  const before = server.requests.length
  const outcomes = await both.predict(items, predictContext(await loaded(both)))
  const answered = outcomes.map((outcome) =>
    outcome instanceof Error ? outcome : outcome.filter((one) => 'answers' in one).length,
  )
  expect(answered).toEqual([2, 0, 1])
  expect(server.requests).toHaveLength(before)
})
