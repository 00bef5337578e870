import { afterEach, describe, expect, it } from 'vitest'
import { llm, memoryCache } from '../../../src/adapters/llm/index.js'
import { LlmError } from '../../../src/adapters/llm/llm-error.js'
import type { LlmProvider, LlmRequest } from '../../../src/adapters/llm/provider.js'
import { anthropic } from '../../../src/adapters/llm/providers/anthropic.js'
import { openai } from '../../../src/adapters/llm/providers/openai.js'
import { openaiCompatible } from '../../../src/adapters/llm/providers/openai-compatible.js'
import { type LlmScript, type LlmServer, type LlmServerOptions, startLlmServer } from '../../../src/testing/index.js'

const schema = {
  type: 'object',
  properties: { tone: { type: 'string', enum: ['Positive', 'Negative'] } },
  required: ['tone'],
  additionalProperties: false,
}
const picture = { bytes: Uint8Array.of(1, 2, 3), mediaType: 'image/png', width: 2, height: 3, hash: 'abc' }
const request: LlmRequest = {
  system: 'Label the text.',
  messages: [
    { role: 'user', parts: [{ kind: 'text', text: 'Good' }] },
    { role: 'assistant', parts: [{ kind: 'text', text: '{"tone":"Positive"}' }] },
    {
      role: 'user',
      parts: [
        { kind: 'text', text: 'Bad 😀' },
        { kind: 'image', image: picture },
      ],
    },
  ],
  schema,
  maxOutputTokens: 100,
  logprobs: false,
}

const providers: Record<string, (server: LlmServer) => LlmProvider> = {
  'OpenAI Responses': ({ openaiUrl }) => openai({ model: 'm', apiKey: 'secret-key', baseURL: openaiUrl }),
  'OpenAI Chat': ({ openaiUrl }) => openai({ model: 'm', api: 'chat', apiKey: 'secret-key', baseURL: openaiUrl }),
  Anthropic: ({ url }) => anthropic({ model: 'm', apiKey: 'secret-key', baseURL: url }),
  compatible: ({ openaiUrl }) => openaiCompatible({ model: 'm', baseURL: openaiUrl, vision: true, logprobs: true }),
  'OpenAI Responses, streamed': ({ openaiUrl }) =>
    openai({ model: 'm', apiKey: 'secret-key', baseURL: openaiUrl, stream: true }),
  'OpenAI Chat, streamed': ({ openaiUrl }) =>
    openai({ model: 'm', api: 'chat', apiKey: 'secret-key', baseURL: openaiUrl, stream: true }),
  'Anthropic, streamed': ({ url }) => anthropic({ model: 'm', apiKey: 'secret-key', baseURL: url, stream: true }),
  'compatible, streamed': ({ openaiUrl }) =>
    openaiCompatible({ model: 'm', baseURL: openaiUrl, vision: true, logprobs: true, stream: true }),
}

let server: LlmServer | undefined
afterEach(async () => {
  await server?.close()
  server = undefined
})

async function start(script?: LlmScript, options: LlmServerOptions = {}): Promise<LlmServer> {
  server = await startLlmServer({ ...options, ...(script === undefined ? {} : { script }) })
  return server
}

const context = () => ({ signal: new AbortController().signal })

describe.each(Object.entries(providers))('%s', (_, make) => {
  const failing = async (script: LlmScript) => {
    const error = await make(await start(script))
      .complete(request, context())
      .then(
        () => undefined,
        (thrown: unknown) => thrown,
      )
    if (!(error instanceof LlmError)) throw new Error(`no LlmError: ${error}`)
    return error
  }

  it('sends system, turns, picture and schema, and reads text and usage', async () => {
    const { requests, ...rest } = await start({
      kind: 'answer',
      json: { tone: 'Negative' },
      usage: { inputTokens: 50, outputTokens: 7, cachedTokens: 20 },
    })
    const reply = await make({ ...rest, requests }).complete(request, context())
    expect(reply.text).toBe('{"tone":"Negative"}')
    expect(reply.usage).toEqual({ input: 30, output: 7, cacheRead: 20, cacheWrite: 0 })
    expect(requests).toHaveLength(1)
    expect(requests[0]).toMatchObject({
      model: 'm',
      system: 'Label the text.',
      schema,
      messages: [
        { role: 'user', text: 'Good', images: [] },
        { role: 'assistant', text: '{"tone":"Positive"}' },
        { role: 'user', text: 'Bad 😀', images: ['data:image/png;base64,AQID'] },
      ],
    })
  })

  it.each([
    [
      { kind: 'rate-limit', retryAfter: '7' },
      { kind: 'rate-limit', retryable: true, retryAfter: 7000 },
    ],
    [{ kind: 'rate-limit' }, { kind: 'rate-limit', retryable: true, retryAfter: undefined }],
    [
      { kind: 'error', status: 500 },
      { kind: 'provider', retryable: true },
    ],
    [
      { kind: 'error', status: 529 },
      { kind: 'provider', retryable: true },
    ],
    [
      { kind: 'error', status: 400 },
      { kind: 'provider', retryable: false },
    ],
    [
      { kind: 'error', status: 404 },
      { kind: 'provider', retryable: false },
    ],
    [
      { kind: 'error', status: 401, message: 'Incorrect key: sk-abcdefghijkl' },
      { kind: 'auth', retryable: false },
    ],
    [{ kind: 'context-length' }, { kind: 'context-length', retryable: false }],
    [
      { kind: 'refusal', text: 'I would rather not.' },
      { kind: 'refusal', retryable: false },
    ],
    [{ kind: 'truncated' }, { kind: 'truncated', retryable: false }],
    [{ kind: 'broken' }, { kind: 'provider', retryable: true }],
    [{ kind: 'cut' }, { kind: 'provider', retryable: true }],
  ] as const)('tells %o from other failures', async (reply, expected) => {
    const error = await failing(reply)
    expect(error).toMatchObject(expected)
    expect(error.code).toBe(`llm-${expected.kind}`)
    expect(error.message).not.toMatch(/secret-key|sk-abc|\n/)
    expect(server?.requests).toHaveLength(1)
  })

  it('keeps what a refusal cost', async () => {
    const { usage } = await failing({ kind: 'refusal' })
    expect(usage?.output).toBeGreaterThan(0)
  })

  it('stops when it is told to, with the reason it was given', async () => {
    const controller = new AbortController()
    const provider = make(
      await start(() => {
        controller.abort(new Error('nobody waits'))
        return { kind: 'answer', delay: 5_000 }
      }),
    )
    await expect(provider.complete(request, { signal: controller.signal })).rejects.toThrow('nobody waits')
  })

  it('counts tokens', async () => {
    expect(await make(await start()).countTokens(request, context())).toBeGreaterThan(20)
  })
})

describe('a stream', () => {
  type Make = (server: LlmServer, timeout?: number) => LlmProvider
  const options = (timeout = 60_000) => ({ model: 'm', apiKey: 'k', stream: true, timeout })
  const makers: readonly (readonly [string, Make])[] = [
    ['OpenAI Responses', ({ openaiUrl }, timeout) => openai({ ...options(timeout), baseURL: openaiUrl })],
    ['OpenAI Chat', ({ openaiUrl }, timeout) => openai({ ...options(timeout), api: 'chat', baseURL: openaiUrl })],
    ['Anthropic', ({ url }, timeout) => anthropic({ ...options(timeout), baseURL: url })],
    ['compatible', ({ openaiUrl }, timeout) => openaiCompatible({ ...options(timeout), baseURL: openaiUrl })],
  ]

  it.each(makers)('of %s that falls silent is given up, and may be tried again', async (_, make) => {
    const provider = make(await start({ kind: 'stall' }), 150)
    await expect(provider.complete(request, context())).rejects.toMatchObject({
      kind: 'provider',
      retryable: true,
      message: expect.stringContaining('sent nothing for 150 ms'),
    })
  })

  it.each(makers)('of %s brings a long answer whole', async (_, make) => {
    const json = { tone: 'Negative 😀 '.repeat(500) }
    const provider = make(await start({ kind: 'answer', json }))
    expect(JSON.parse((await provider.complete(request, context())).text)).toEqual(json)
    expect(server?.requests[0]?.body.stream).toBe(true)
  })
})

describe.each(['OpenAI Responses', 'OpenAI Chat', 'compatible', 'OpenAI Responses, streamed', 'OpenAI Chat, streamed'])(
  '%s',
  (name) => {
    it('gives token log-probabilities when asked', async () => {
      const tokens = [
        { token: '{"tone":"', logprob: -0.001 },
        { token: 'Negative', logprob: -0.7 },
        { token: '"}', logprob: 0 },
      ]
      const running = await start({ kind: 'answer', json: { tone: 'Negative' }, tokens })
      const reply = await providers[name]?.(running).complete({ ...request, logprobs: true }, context())
      expect(reply?.tokens).toEqual(tokens.map(({ token, logprob }) => ({ text: token, logprob })))
      expect(running.requests[0]?.logprobs).toBe(true)
    })
  },
)

describe.each(['OpenAI Responses', 'OpenAI Chat', 'Anthropic'])('%s in bulk', (name) => {
  it('runs a job and gives every outcome', async () => {
    const running = await start((_, index) =>
      index === 1
        ? { kind: 'refusal' }
        : index === 2
          ? { kind: 'error', status: 500 }
          : { kind: 'answer', json: { tone: 'Positive' } },
    )
    const batch = providers[name]?.(running).batch
    const job = await batch?.submit(
      ['a', 'b', 'c'].map((id) => ({ id, request })),
      context(),
    )
    if (job === undefined) throw new Error('no job')
    expect(await batch?.results(job, context())).toBeUndefined()
    const outcomes = await batch?.results(job, context())
    expect(new Map(outcomes?.map(({ id, outcome }) => [id, outcome]))).toEqual(
      new Map<string, unknown>([
        ['a', expect.objectContaining({ text: '{"tone":"Positive"}' })],
        ['b', expect.objectContaining({ kind: 'refusal' })],
        ['c', expect.objectContaining({ kind: 'provider' })],
      ]),
    )
  })
})

it('asks a server without strict schemas for JSON, then for text, and remembers it', async () => {
  const running = await start(({ body }) => {
    const format = JSON.stringify(body.response_format ?? null)
    return format === 'null'
      ? { kind: 'answer', text: 'Sure: {"tone":"Positive"}' }
      : { kind: 'error', status: 400, message: `response_format is not supported: ${format}` }
  })
  const provider = openaiCompatible({ model: 'm', baseURL: running.openaiUrl })
  expect((await provider.complete(request, context())).text).toBe('Sure: {"tone":"Positive"}')
  await provider.complete(request, context())
  expect(running.requests.map(({ body }) => Object(body.response_format).type)).toEqual([
    'json_schema',
    'json_object',
    undefined,
    undefined,
  ])
})

it('takes a client that exists', async () => {
  const { OpenAI, AzureOpenAI } = await import('openai')
  const { Anthropic } = await import('@anthropic-ai/sdk')
  const { url, openaiUrl } = await start({ kind: 'answer', json: { tone: 'Positive' } })
  const clients = [
    openai({ model: 'm', client: new OpenAI({ apiKey: 'k', baseURL: openaiUrl }) }),
    openai({ model: 'm', api: 'chat', client: new AzureOpenAI({ apiKey: 'k', baseURL: openaiUrl, apiVersion: 'v1' }) }),
    anthropic({ model: 'm', client: new Anthropic({ apiKey: 'k', baseURL: url }) }),
  ]
  for (const provider of clients) expect((await provider.complete(request, context())).text).toBe('{"tone":"Positive"}')
})

it('says that a key is missing before it calls anybody', async () => {
  const env = { ...process.env }
  delete process.env.OPENAI_API_KEY
  delete process.env.ANTHROPIC_API_KEY
  try {
    for (const provider of [openai({ model: 'm' }), anthropic({ model: 'm' })]) {
      await expect(provider.complete(request, context())).rejects.toMatchObject({ code: 'llm-auth', retryable: false })
    }
  } finally {
    Object.assign(process.env, env)
  }
})

it('refuses options that cannot be', () => {
  expect(() => openai({ model: '' })).toThrow(
    expect.objectContaining({ code: 'invalid-llm-options', path: 'openai.model' }),
  )
  expect(() => openaiCompatible({ model: 'm', baseURL: 'nowhere' })).toThrow('openaiCompatible.baseURL')
})

it.each([
  [openai, 'openai.temprature', { temprature: 0 }, 'Did you mean `temperature`?'],
  [anthropic, 'anthropic.efort', { efort: 'low' }, 'Did you mean `effort`?'],
  [openaiCompatible, 'openaiCompatible.Vision', { baseURL: 'http://a/v1', Vision: true }, 'Did you mean `vision`?'],
  [openai, 'openai.thinking', { thinking: 'off' }, 'docs/llm.md lists the options.'],
  [llm, 'llm.budjet', { provider: openai({ model: 'm' }), budjet: {} }, 'Did you mean `budget`?'],
  [
    llm,
    'llm.budget.run.coast',
    { provider: openai({ model: 'm' }), budget: { run: { coast: 1 } } },
    'Did you mean `cost`?',
  ],
  [memoryCache, 'memoryCache.maxEntrys', { maxEntrys: 1 }, 'Did you mean `maxEntries`?'],
])('refuses a misspelled option of %o, with a hint', (make, path, wrong, hint) => {
  const model = path.startsWith('llm') || path.startsWith('memoryCache') ? {} : { model: 'm' }
  expect(() => Reflect.apply(make, undefined, [{ ...model, ...wrong }])).toThrow(
    expect.objectContaining({ code: 'invalid-llm-options', path, hint }),
  )
})
