import { describe, expect, it, onTestFinished } from 'vitest'
import { llm, openai, type RedisCacheOptions, redisCache } from '../../../../src/adapters/llm/index.js'
import { predictWith, withModel } from '../ask-model.js'
import { makeItems } from '../make-items.js'
import { createVirtualClock } from '../virtual-clock.js'
import { redisServer } from './redis-server.js'

const xml = `<View><Text name="review" value="$review"/>
  <Choices name="tone" toName="review"><Choice value="Positive"/><Choice value="Negative"/></Choices></View>`
const items = makeItems(xml, [{ review: 'Good 😀' }, { review: 'Bad' }])
const good = { kind: 'answer', json: { tone: 'Positive' } } as const
const reply = { text: '{"a":"😀"}', usage: { input: 1, output: 2, cacheRead: 3, cacheWrite: 4 } }

const redis = await redisServer()
if (redis === undefined) console.info('skipped: redis-server is not on the PATH')

describe.skipIf(redis === undefined)('with a real Redis', () => {
  const connect = async () => {
    const client = await redis?.connect()
    if (client === undefined) throw new Error('no Redis')
    onTestFinished(() => client.destroy())
    return client
  }

  /** Redis may take its time here. */
  const patient = (options: RedisCacheOptions) => redisCache({ timeout: 60_000, ...options })

  it('keeps replies under its prefix, until they expire', async () => {
    const client = await connect()
    await patient({ client, prefix: 'a:' }).set('key', reply)
    await patient({ client, prefix: 'b:', ttl: 6000 }).set('key', { ...reply, tokens: [{ text: 'x', logprob: -1 }] })
    expect(await patient({ client, prefix: 'a:' }).get('key')).toEqual(reply)
    expect(await patient({ client, prefix: 'b:' }).get('key')).toMatchObject({ tokens: [{ logprob: -1 }] })
    expect(await patient({ client, prefix: 'c:' }).get('key')).toBeUndefined()
    expect(await client.pTTL('a:key')).toBe(-1)
    expect(await client.pTTL('b:key')).toBeGreaterThan(5_000_000)
    await client.set('a:broken', '{"text":')
    expect(await patient({ client, prefix: 'a:' }).get('broken')).toBeUndefined()
  })

  it('shares replies between processes: nothing is paid for twice', async () => {
    const clients = [await connect(), await connect()]
    await withModel(good, {}, async ({ server }) => {
      const provider = openai({ model: 'm', apiKey: 'none', baseURL: server.openaiUrl })
      const [first, second] = clients.map((client) =>
        llm({ provider, confidence: 'none', cache: patient({ client, prefix: 'shared:' }) }),
      )
      if (first === undefined || second === undefined) throw new Error('two adapters')
      await predictWith(first, items)
      expect(server.requests).toHaveLength(2)
      expect(await predictWith(second, items)).toMatchObject([
        [{ kind: 'classification' }],
        [{ kind: 'classification' }],
      ])
      expect(server.requests).toHaveLength(2)
      expect(second.usage()).toMatchObject({ cacheHits: 2, cost: 0 })
    })
  })

  it('is done without when Redis goes away, with one warning', async () => {
    const own = await redisServer()
    if (own === undefined) throw new Error('no Redis')
    const client = await own.connect()
    onTestFinished(() => client.destroy())
    const cache = redisCache({ client, timeout: 200 })
    await withModel(good, { confidence: 'none', cache }, async ({ predict, logged, adapter, server }) => {
      await predict(items.slice(0, 1))
      await own.stop()
      const outcomes = await predict([...items, ...items])
      expect(outcomes.filter((outcome) => outcome instanceof Error)).toEqual([])
      expect(server.requests.length).toBeGreaterThan(1)
      expect(adapter.usage().cacheErrors).toBeGreaterThan(0)
      expect(logged.filter(({ level }) => level === 'warn')).not.toEqual([])
    })
  })
})

describe('a cache that fails', () => {
  /** However long a model takes, the cache is left alone meanwhile. */
  const clock = createVirtualClock()

  it('is left alone for a while, and costs no task', async () => {
    let asked = 0
    const fail = async () => {
      asked++
      throw new Error('down')
    }
    await withModel(
      good,
      { confidence: 'none', clock, cache: { get: fail, set: fail } },
      async ({ answer, logged, adapter }) => {
        for (const item of items) expect(await answer(item)).toMatchObject([{ kind: 'classification' }])
        expect(asked).toBe(1)
        expect(adapter.usage()).toMatchObject({ requests: 2, cacheErrors: 1 })
        expect(logged).toEqual([
          {
            level: 'warn',
            fields: { reason: 'down', pause: 10_000 },
            message: expect.stringContaining('cache failed'),
          },
        ])
      },
    )
  })

  it('that hangs counts as one that fails', async () => {
    const never = () => new Promise<never>(() => undefined)
    const cache = redisCache({ client: { get: never, set: never }, timeout: 1 })
    await expect(cache.get('key')).rejects.toMatchObject({ code: 'llm-cache' })
    await withModel(good, { confidence: 'none', clock, cache }, async ({ answer, logged }) => {
      expect(await answer(items[0] ?? Object())).toMatchObject([{ kind: 'classification' }])
      expect(logged).toMatchObject([{ fields: { reason: 'Redis did not answer within 1 ms' } }])
    })
  })
})

it.each([
  [{ client: {} }, 'redisCache.client'],
  [{ client: { get() {}, set() {} }, prefx: 'a' }, 'redisCache.prefx'],
  [{ client: { get() {}, set() {} }, ttl: 0 }, 'redisCache.ttl'],
])('refuses %o', (options, path) => {
  expect(() => Reflect.apply(redisCache, undefined, [options])).toThrow(
    expect.objectContaining({ code: 'invalid-llm-options', path }),
  )
})
