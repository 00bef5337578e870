import { expect, it } from 'vitest'
import { llm, openai, openaiCompatible } from '../../../src/adapters/llm/index.js'
import { startLlmServer } from '../../../src/testing/index.js'
import { withModel } from './ask-model.js'
import { makeItems } from './make-items.js'

const xml = `<View><Text name="review" value="$review"/>
  <Choices name="tone" toName="review"><Choice value="Positive"/><Choice value="Negative"/></Choices></View>`
const items = makeItems(xml, [{ review: 'Good' }, { review: 'Bad' }, { review: 'Hm' }])

it('shows the prompt of one task and the bill of all, and buys nothing', async () => {
  await withModel(
    { kind: 'answer' },
    { confidence: { samples: 2 }, instructions: 'Be strict.' },
    async ({ adapter, server, predict }) => {
      await predict(items.slice(0, 1))
      const bought = server.requests.length
      const plan = await adapter.plan(items, { count: true })
      expect(server.requests).toHaveLength(bought)
      expect(plan).toMatchObject({
        model: 'openai/gpt-5-mini',
        items: 3,
        requests: 6,
        cached: 2,
        counted: true,
        problems: [],
      })
      expect(plan.prompt?.system).toContain('Be strict.')
      expect(plan.prompt?.messages).toEqual([{ role: 'user', text: expect.stringContaining('Good') }])
      expect(plan.prompt?.schema).toEqual(server.requests[0]?.schema)
      const { inputTokens, outputTokens, cost } = plan
      expect(cost?.expected).toBeCloseTo((inputTokens * 0.25 + outputTokens * 2) / 1e6, 12)
      expect(cost?.most).toBeGreaterThan(cost?.expected ?? Number.NaN)

      await predict(items)
      const { cost: paid, inputTokens: paidTokens } = adapter.usage()
      const rest = paidTokens - (2 * paidTokens) / 6
      expect(Math.abs(inputTokens - rest) / rest).toBeLessThan(0.1)
      expect(paid).toBeLessThan((plan.cost?.most ?? 0) * 2)
    },
  )
})

it('says what it cannot ask, and goes by bytes where nobody counts', async () => {
  const provider = openaiCompatible({ model: 'local', baseURL: 'http://127.0.0.1:1/v1' })
  const adapter = llm({ provider, template: '{title}: {review}' })
  const [first] = items
  if (first === undefined) throw new Error('no item')
  const titled = { ...first, task: { id: 9, data: { review: 'Good', title: 'A' } } }
  const plan = await adapter.plan([first, titled])
  expect(plan).toMatchObject({ requests: 1, problems: [{ task: 1, message: expect.stringContaining('"title"') }] })
  expect(plan.cost).toBeUndefined()
  expect(plan.text).toMatch(
    /--- system\nYou label data[\s\S]*--- user\n[\s\S]*no price known[\s\S]*problem {3}task 1: the task has no field "title"/,
  )
})

it('is told by the provider how many tokens a request has, or guesses', async () => {
  const server = await startLlmServer()
  try {
    const counted = await llm({ provider: openai({ model: 'gpt-5', apiKey: 'k', baseURL: server.openaiUrl }) }).plan(
      items,
      { count: true },
    )
    expect(counted.counted).toBe(true)
    const nobody = openai({ model: 'gpt-5', apiKey: 'k', baseURL: 'http://127.0.0.1:1/v1' })
    expect((await llm({ provider: nobody }).plan(items, { count: true })).counted).toBe(false)
    expect(counted.text).toMatch(/cost {6}about \$0\.\d{4}, at most \$0\.\d{4}/)
  } finally {
    await server.close()
  }
})

it('sends nothing unless it is told to', async () => {
  const server = await startLlmServer()
  try {
    const provider = openai({ model: 'gpt-5', apiKey: 'k', baseURL: server.openaiUrl })
    const { counted } = await llm({
      provider: { ...provider, countTokens: () => Promise.reject(new Error('something was sent')) },
    }).plan(items)
    expect(counted).toBe(false)
    expect(server.requests).toEqual([])
  } finally {
    await server.close()
  }
})

it('says how far the budget reaches, what bulk costs, and prices each request by itself', async () => {
  const provider = openai({ model: 'gpt-5', apiKey: 'k' })
  const many = Array.from({ length: 500 }, () => items).flat()
  const price = { input: 1, output: 1 }
  const prices = { 'openai/gpt-5': { ...price, long: { over: 20_000, input: 100, output: 100 } } }
  const all = await llm({ provider, prices, cache: false, confidence: 'none' }).plan(many)
  expect(all).toMatchObject({ requests: 1500, affordable: 1500 })
  expect(all.cost?.expected).toBeCloseTo((all.inputTokens + all.outputTokens) / 1e6, 9)
  expect(all.batchCost?.expected).toBeCloseTo((all.cost?.expected ?? 0) / 2, 12)
  expect(all.text).toMatch(/budget {4}room for all/)

  const budget = { run: { cost: (all.cost?.expected ?? 0) / 3 } }
  const some = await llm({ provider, prices, budget, cache: false, confidence: 'none' }).plan(many)
  expect(some.affordable).toBeLessThanOrEqual(500)
  expect(some.affordable).toBeGreaterThan(450)
  expect(some.text).toContain(`room for about ${some.affordable} of the 1500 requests to be paid`)
})
