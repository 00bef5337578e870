import { afterEach, describe, expect, it } from 'vitest'
import { type LlmServer, type LlmServerOptions, startLlmServer } from '../../src/testing/index.js'

let server: LlmServer | undefined
afterEach(async () => {
  await server?.close()
  server = undefined
})

const start = async (options?: LlmServerOptions) => {
  server = await startLlmServer(options)
  return server
}

const post = (url: string, body: unknown) =>
  fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })

const schema = {
  type: 'object',
  properties: {
    tone: { anyOf: [{ type: 'string', enum: ['Calm', 'Angry'] }, { type: 'null' }] },
    stars: { type: 'integer' },
    spans: { type: 'array', items: { type: 'object' } },
    note: { type: ['string', 'null'] },
  },
}
const example = { tone: 'Calm', stars: 1, spans: [], note: null }
const messages = [{ role: 'user', content: 'Hi' }]
const chat = { model: 'm', messages, response_format: { type: 'json_schema', json_schema: { name: 'a', schema } } }

describe('without a script', () => {
  it.each([
    ['/v1/chat/completions', chat, (reply: unknown) => Object(reply).choices[0].message.content],
    [
      '/v1/responses',
      { model: 'm', input: 'Hi', text: { format: { type: 'json_schema', name: 'a', schema } } },
      (reply: unknown) => Object(reply).output[0].content[0].text,
    ],
    [
      '/v1/messages',
      { model: 'm', max_tokens: 9, messages, output_config: { format: { type: 'json_schema', schema } } },
      (reply: unknown) => Object(reply).content[0].text,
    ],
  ])('%s gets the plainest answer that its schema allows', async (path, body, textOf) => {
    const { url, requests } = await start()
    const response = await post(url + path, body)
    expect(response.status).toBe(200)
    expect(JSON.parse(textOf(await response.json()))).toEqual(example)
    expect(requests).toMatchObject([{ model: 'm', schema, messages: [{ role: 'user', text: 'Hi' }] }])
  })
})

it('plays a list of replies in turn, and stays with the last', async () => {
  const { url } = await start({
    script: [
      { kind: 'error', status: 500 },
      { kind: 'rate-limit', retryAfter: '3' },
    ],
  })
  const replies = [await post(`${url}/v1/chat/completions`, chat), await post(`${url}/v1/chat/completions`, chat)]
  replies.push(await post(`${url}/v1/chat/completions`, chat))
  expect(replies.map(({ status }) => status)).toEqual([500, 429, 429])
  expect(replies[2]?.headers.get('retry-after')).toBe('3')
})

it('holds no more calls than it is told to, and knows how many it held', async () => {
  let finish = () => {}
  const refused = new Promise<void>((resolve) => {
    finish = resolve
  })
  const script = async () => {
    await refused
    return { kind: 'answer' } as const
  }
  const running = await start({ script, maxInFlight: 2 })
  let refusals = 0
  const calls = Array.from({ length: 5 }, async () => {
    const reply = await post(`${running.url}/v1/chat/completions`, chat)
    if (reply.status === 429 && ++refusals === 3) finish()
    return reply
  })
  const replies = await Promise.all(calls)
  expect(replies.map(({ status }) => status).sort()).toEqual([200, 200, 429, 429, 429])
  expect(running.peakInFlight).toBe(2)
})

it('refuses what is not in the wire format, in the provider’s own words', async () => {
  const { url, requests } = await start()
  const openai = await post(`${url}/v1/chat/completions`, { model: 'm', messages: [] })
  expect(openai.status).toBe(400)
  expect(await openai.json()).toMatchObject({ error: { type: 'invalid_request_error' } })
  const anthropic = await post(`${url}/v1/messages`, { messages })
  expect(await anthropic.json()).toMatchObject({ type: 'error', error: { type: 'invalid_request_error' } })
  expect((await fetch(`${url}/v1/elsewhere`)).status).toBe(404)
  expect(requests).toHaveLength(0)
})

it('keeps no key', async () => {
  const { url, requests } = await start()
  await fetch(`${url}/v1/chat/completions`, {
    method: 'POST',
    headers: { authorization: 'Bearer sk-secret', 'x-api-key': 'sk-secret' },
    body: JSON.stringify(chat),
  })
  expect(JSON.stringify(requests)).not.toContain('sk-secret')
})
