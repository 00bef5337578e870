import { AzureOpenAI } from 'openai'
import { afterEach, describe, expect, it } from 'vitest'
import { llm, openai, openaiCompatible } from '../../../src/adapters/llm/index.js'
import { type LlmScript, type LlmServer, startLlmServer } from '../../../src/testing/index.js'
import { predictWith } from './ask-model.js'
import { makeItem } from './make-items.js'

/** Servers that speak OpenAI's protocol, each as it answers itself. */
const xml = `<View><Text name="review" value="$review"/>
  <Choices name="tone" toName="review"><Choice value="Positive"/><Choice value="Negative"/></Choices></View>`
const item = makeItem(xml, { review: 'Good {not JSON}' })
const found = [[{ kind: 'classification', control: 'tone', classes: [{ label: 'Positive' }] }]]
const settings = { confidence: 'none', retries: 0, repairs: 0 } as const

let server: LlmServer | undefined
afterEach(async () => {
  await server?.close()
  server = undefined
})

async function start(script: LlmScript): Promise<LlmServer> {
  server = await startLlmServer({ script })
  return server
}

const compatible = ({ openaiUrl }: LlmServer, more: object = {}) =>
  llm({ ...settings, provider: openaiCompatible({ model: 'llama3.2:3b', baseURL: openaiUrl, ...more }) })

/** A chat completion with only what every server sends. */
const bare = (message: object, more: object = {}) => ({
  kind: 'raw' as const,
  body: { object: 'chat.completion', model: 'm', choices: [{ index: 0, message, finish_reason: 'stop' }], ...more },
})

describe('Azure', () => {
  const refused = {
    error: { message: 'The response was filtered', type: null, param: 'prompt', code: 'content_filter', status: 400 },
  }

  it('is asked by deployment and API version, through its own client', async () => {
    const { url } = await start({ kind: 'answer', json: { tone: 'Positive' } })
    const client = new AzureOpenAI({ endpoint: url, apiKey: 'k', apiVersion: '2026-08-01', deployment: 'mine' })
    const provider = openai({ model: 'gpt-5-mini', api: 'chat', client })
    expect(await predictWith(llm({ ...settings, provider }), [item])).toEqual(found)
  })

  it('is asked by its newer URL, without a version', async () => {
    const { url } = await start({ kind: 'answer', json: { tone: 'Positive' } })
    const azure = { baseURL: `${url}/openai/v1/`, apiKey: 'k', tokenLimitKey: 'max_completion_tokens' } as const
    const provider = openaiCompatible({ model: 'mine', ...azure })
    expect(await predictWith(llm({ ...settings, provider }), [item])).toEqual(found)
    expect(server?.requests[0]?.body).toHaveProperty('max_completion_tokens')
  })

  it('refuses prompts by a filter of its own', async () => {
    const adapter = compatible(await start({ kind: 'raw', status: 400, body: refused }))
    expect(await predictWith(adapter, [item])).toMatchObject([{ code: 'llm-refusal' }])
  })
})

describe('vLLM', () => {
  const error = (message: string) => ({
    kind: 'raw' as const,
    status: 400,
    body: { error: { message, type: 'BadRequestError', param: null, code: 400 } },
  })

  it('says its errors with a number for a code', async () => {
    const tooLong = error("This model's maximum context length is 4096 tokens. However, you requested 9000 tokens.")
    expect(await predictWith(compatible(await start(tooLong)), [item])).toMatchObject([{ code: 'llm-context-length' }])
  })

  it('that is too old for schemas is asked without', async () => {
    const adapter = compatible(
      await start(({ body }) =>
        Object(body.response_format).type === 'json_schema'
          ? error("Unknown response_format type 'json_schema'")
          : bare({ role: 'assistant', content: '{"tone": "Positive"}', reasoning_content: 'It says {good}.' }),
      ),
    )
    expect(await predictWith(adapter, [item])).toEqual(found)
  })
})

describe('LM Studio', () => {
  it('knows no JSON mode, and says so in a bare text', async () => {
    const adapter = compatible(
      await start(({ body }) =>
        Object(body.response_format).type === 'json_object'
          ? { kind: 'raw', status: 400, body: { error: "'response_format.type' must be 'json_schema' or 'text'" } }
          : bare({
              role: 'assistant',
              content: '<think>\nMaybe {"tone": "Negative"}?\n</think>\n{"tone": "Positive"}',
            }),
      ),
      { structured: 'json-object' },
    )
    expect(await predictWith(adapter, [item])).toEqual(found)
    expect(server?.requests.map(({ body }) => Object(body.response_format).type)).toEqual(['json_object', undefined])
  })
})

describe('Ollama', () => {
  it('gives no usage for what it has cached, and wraps JSON in Markdown', async () => {
    const adapter = compatible(await start(bare({ role: 'assistant', content: '```json\n{"tone":"Positive"}\n```' })))
    expect(await predictWith(adapter, [item])).toEqual(found)
    expect(adapter.usage()).toMatchObject({ requests: 1, inputTokens: 0, unpriced: 1 })
  })

  it('says that a model is not there', async () => {
    const missing = {
      error: { message: 'model "llama9" not found, try pulling it first', type: 'api_error', code: null },
    }
    const [error] = await predictWith(compatible(await start({ kind: 'raw', status: 404, body: missing })), [item])
    expect(error).toMatchObject({ code: 'llm-provider', hint: expect.stringContaining('name of the model') })
  })
})
