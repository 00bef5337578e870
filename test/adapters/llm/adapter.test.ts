import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { fileCache, LlmError, type LlmOptions, type LlmProvider, llm, openai } from '../../../src/adapters/llm/index.js'
import { predictWith, withModel } from './ask-model.js'
import { makeItem, makeItems } from './make-items.js'
import { createVirtualClock } from './virtual-clock.js'

const xml = `<View><Text name="review" value="$review"/>
  <Choices name="tone" toName="review"><Choice value="Positive"/><Choice value="Negative"/></Choices>
  <Labels name="spans" toName="review"><Label value="Thing"/></Labels></View>`
const review = 'The phone is good.'
const item = makeItem(xml, { review })
const good = { kind: 'answer', json: { tone: 'Positive', spans: [] } } as const
const found = [{ kind: 'classification', control: 'tone', classes: [{ label: 'Positive' }] }]
const plain: Partial<LlmOptions> = { confidence: 'none' }
const reviews = (count: number) =>
  makeItems(
    xml,
    Array.from({ length: count }, (_, index) => ({ review: `Review ${index}` })),
  )
/** Retries wait no time here. */
const instant = { now: () => Date.now(), random: () => 0, sleep: async () => undefined }

describe('repair', () => {
  it('sends a reply that does not fit back once, with what is wrong', async () => {
    const wrong = { tone: 'Great', spans: [{ label: 'Thing', quote: 'phones', occurrence: 1 }] }
    const script = [{ kind: 'answer', json: wrong }, good] as const
    await withModel(script, plain, async ({ answer, server, adapter }) => {
      expect(await answer(item)).toEqual(found)
      const [first, second] = server.requests
      expect(second?.messages.slice(0, 1)).toEqual(first?.messages)
      expect(second?.messages[1]).toMatchObject({ role: 'assistant', text: JSON.stringify(wrong) })
      expect(second?.messages[2]?.text).toMatch(
        /- tone: Invalid option.*\n- spans\.0: the quote "phones" is not in the text/,
      )
      expect(adapter.usage()).toMatchObject({ requests: 2, repairs: 1, errors: {} })
    })
  })

  it('gives up with the first issue and its place', async () => {
    await withModel({ kind: 'answer', text: 'I think it is {positive}' }, plain, async ({ answer, server }) => {
      await expect(answer(item)).rejects.toMatchObject({
        code: 'llm-invalid-reply',
        message: expect.stringContaining('no JSON object'),
      })
      expect(server.requests).toHaveLength(2)
    })
    await withModel({ kind: 'answer', json: { tone: 'Great', spans: [] } }, plain, async ({ answer }) => {
      await expect(answer(item)).rejects.toMatchObject({ code: 'llm-invalid-reply', path: 'tone' })
    })
  })

  it('leaves out a quote that is still not there, and says so', async () => {
    const json = { tone: 'Positive', spans: [{ label: 'Thing', quote: 'phones', occurrence: 1 }] }
    await withModel({ kind: 'answer', json }, plain, async ({ answer, logged }) => {
      expect(await answer(item)).toEqual(found)
      expect(logged).toMatchObject([{ level: 'warn', fields: { task: 1, issues: [{ path: ['spans', 0] }] } }])
    })
  })
})

describe('what a repair does not spoil', () => {
  const half = { tone: 'Positive', spans: [{ label: 'Thing', quote: 'phones', occurrence: 1 }] }
  it('is kept when the repair fails', async () => {
    await withModel([{ kind: 'answer', json: half }, { kind: 'refusal' }], plain, async ({ answer, adapter }) => {
      expect(await answer(item)).toEqual(found)
      expect(adapter.usage()).toMatchObject({ repairs: 1, errors: { refusal: 1 } })
    })
  })

  it('is lost when nothing could be used', async () => {
    await withModel([{ kind: 'answer', text: 'no' }, { kind: 'refusal' }], plain, async ({ predict }) => {
      expect(await predict([item])).toMatchObject([{ kind: 'refusal' }])
    })
  })
})

it('takes what is said twice once', async () => {
  const thing = { label: 'Thing', quote: 'phone', occurrence: 1 }
  await withModel({ kind: 'answer', json: { tone: null, spans: [thing, thing] } }, plain, async ({ answer }) => {
    expect(await answer(item)).toHaveLength(1)
  })
})

describe('failures', () => {
  it.each([
    [{ kind: 'refusal' }, 'llm-refusal', 1],
    [{ kind: 'truncated' }, 'llm-truncated', 1],
    [{ kind: 'context-length' }, 'llm-context-length', 1],
    [{ kind: 'error', status: 401 }, 'llm-auth', 1],
    [{ kind: 'error', status: 500 }, 'llm-provider', 3],
    [{ kind: 'rate-limit' }, 'llm-rate-limit', 3],
    [{ kind: 'broken' }, 'llm-provider', 3],
    [{ kind: 'cut' }, 'llm-provider', 3],
  ] as const)('%o is %s after %d calls', async (reply, code, calls) => {
    await withModel(reply, { ...plain, retries: 2, clock: instant }, async ({ predict, server, adapter }) => {
      expect(await predict([item])).toMatchObject([{ code }])
      expect(server.requests).toHaveLength(calls)
      const { errors, retries, requests, cost } = adapter.usage()
      expect({ errors, retries }).toEqual({ errors: { [code.slice(4)]: calls }, retries: calls - 1 })
      const billed = code === 'llm-refusal' || code === 'llm-truncated'
      expect(requests).toBe(billed ? 1 : 0)
      expect(cost > 0).toBe(billed)
    })
  })

  it('harm no other task', async () => {
    const items = reviews(3)
    await withModel(
      ({ messages }) => (messages[0]?.text.includes('Review 1') ? { kind: 'refusal' } : good),
      plain,
      async ({ predict }) => {
        expect(await predict(items)).toEqual([found, expect.objectContaining({ kind: 'refusal' }), found])
      },
    )
  })

  it('pass when they pass', async () => {
    const script = [{ kind: 'rate-limit', retryAfter: '3' }, { kind: 'error', status: 503 }, good] as const
    const clock = createVirtualClock()
    const begun = clock.now()
    await withModel(script, { ...plain, clock }, async ({ answer, adapter }) => {
      let done = false
      const answered = answer(item).finally(() => {
        done = true
      })
      while (!done) await clock.pass(100)
      expect(await answered).toEqual(found)
      expect(clock.now() - begun).toBeGreaterThanOrEqual(4000)
      expect(adapter.usage()).toMatchObject({ requests: 1, retries: 2, errors: { 'rate-limit': 1, provider: 1 } })
    })
  })
})

it('stops when nobody waits any more', async () => {
  const controller = new AbortController()
  await withModel(
    () => {
      controller.abort(new Error('nobody waits'))
      return { ...good, delay: 60_000 }
    },
    plain,
    async ({ predict }) => {
      expect(await predict([item], controller.signal)).toEqual([expect.objectContaining({ message: 'nobody waits' })])
    },
  )
})

it('pays once for equal tasks, at the same time and later', async () => {
  await withModel({ ...good, delay: 20 }, plain, async ({ predict, server, adapter }) => {
    expect(await predict([item, item, item])).toEqual([found, found, found])
    expect(await predict([item])).toEqual([found])
    expect(server.requests).toHaveLength(1)
    expect(adapter.usage()).toMatchObject({ requests: 1, shared: 2, cacheHits: 1 })
  })
})

describe('budget', () => {
  it('of 300 tasks stops a run of 1,000 at 300 at most, keeps what is there and says what is left', async () => {
    const items = reviews(1000)
    const usage = { inputTokens: 1000, outputTokens: 100 }
    const script = { ...good, usage }
    const prices = { 'openai/gpt-5-mini': { input: 1, output: 10 } }
    const costOfOne = (1000 * 1 + 100 * 10) / 1e6
    const options = {
      ...plain,
      prices,
      budget: { run: { cost: 300 * costOfOne } },
      concurrency: 50,
      maxOutputTokens: 100,
    }
    await withModel(script, options, async ({ predict, server, adapter }) => {
      const outcomes = await predict(items)
      const answered = outcomes.filter((outcome) => !(outcome instanceof Error))
      const refused = outcomes.filter((outcome) => outcome instanceof LlmError && outcome.kind === 'budget')
      expect(answered.length + refused.length).toBe(1000)
      expect(server.requests).toHaveLength(answered.length)
      expect(answered.length).toBeLessThanOrEqual(300)
      // The room for one more request is reserved by its worst case, which is a few times its price.
      expect(answered.length).toBeGreaterThan(290)
      expect(adapter.usage().cost).toBeLessThanOrEqual(300 * costOfOne)
      expect(adapter.usage().cost).toBeCloseTo(answered.length * costOfOne, 9)
    })
  })

  it('goes on after a crash without losing or paying for anything twice', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'prelabel-run-'))
    try {
      const items = reviews(60)
      await withModel(good, {}, async ({ server }) => {
        const provider = openai({ model: 'm', apiKey: 'none', baseURL: server.openaiUrl })
        const start = (budget: LlmOptions['budget'] = {}) =>
          llm({ ...plain, provider, budget, cache: fileCache(folder) })
        const first = start({ run: { requests: 25 } })
        await predictWith(first, items)
        expect(server.requests).toHaveLength(25)
        const second = start()
        expect(await predictWith(second, items)).toEqual(items.map(() => found))
        expect(server.requests).toHaveLength(60)
        expect(second.usage()).toMatchObject({ requests: 35, cacheHits: 25 })
      })
    } finally {
      await rm(folder, { recursive: true })
    }
  })

  it('in dollars needs a price', () => {
    const provider = openai({ model: 'some-new-model' })
    expect(() => llm({ provider, budget: { day: { cost: 5 } } })).toThrow(
      expect.objectContaining({ code: 'llm-price-unknown', hint: expect.stringContaining("'openai/some-new-model'") }),
    )
    expect(() => llm({ provider, budget: { day: { tokens: 5 } } })).not.toThrow()
  })
})

it('takes a provider of two methods', async () => {
  const provider: LlmProvider = {
    name: 'mine',
    model: 'echo',
    vision: false,
    logprobs: false,
    complete: async ({ messages }) => ({
      text: JSON.stringify({ tone: messages.length === 1 ? 'Negative' : 'Positive', spans: [] }),
      usage: { input: 1, output: 1, cacheRead: 0, cacheWrite: 0 },
    }),
    countTokens: async () => 1,
  }
  await withModel(good, { ...plain, provider }, async ({ answer, adapter }) => {
    expect(await answer(item)).toMatchObject([{ classes: [{ label: 'Negative' }] }])
    expect(adapter.usage()).toMatchObject({ requests: 1, unpriced: 1, cost: 0 })
    expect(adapter.fills).not.toHaveProperty('RectangleLabels')
    expect(adapter.fills.Choices).not.toContain('Image')
  })
})

it('is another model version when anything differs that answers depend on, and never holds a key', () => {
  const version = (options: Partial<LlmOptions> = {}, model = 'm') => {
    const provider = openai({ model, apiKey: 'sk-secret', baseURL: 'http://user:secret@localhost:1/v1?token=secret' })
    return JSON.stringify(llm({ provider, ...options }).options)
  }
  const versions = [
    version(),
    version({}, 'other'),
    version({ instructions: 'x' }),
    version({ template: '{x}' }),
    version({ abstain: false }),
    version({ confidence: 'none' }),
    version({ examples: { from: [{ data: {}, answers: {} }] } }),
  ]
  expect(new Set(versions).size).toBe(versions.length)
  expect(version({ concurrency: 2, retries: 0, cache: false })).toBe(version())
  expect(versions.join()).not.toContain('secret')
})

it.each([
  [{ concurrency: 0 }, 'llm.concurrency'],
  [{ confidence: { samples: 1 } }, 'llm.confidence.samples'],
  [{ budget: { run: { cost: -1 } } }, 'llm.budget.run.cost'],
  [{ temperature: 1 }, 'llm.temperature'],
  [{ provider: {} }, 'llm.provider'],
])('refuses %j', (wrong, path) => {
  const options = { provider: openai({ model: 'm' }), ...wrong }
  expect(() => Reflect.apply(llm, undefined, [options])).toThrow(
    expect.objectContaining({ code: 'invalid-llm-options', path }),
  )
})

it('reads the whole task only where examples were taken from tasks, to leave out the own one', () => {
  const provider = openai({ model: 'm', apiKey: 'none' })
  const readsOf = (id: { id?: number }) =>
    llm({ provider, instructions: 'x', examples: { from: [{ ...id, data: {}, answers: {} }] } }).reads
  expect([readsOf({ id: 3 }), readsOf({})]).toEqual(['task', 'data'])
})
