import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { llm, openai } from '../../../../src/adapters/llm/index.js'
import { type Backend, createBackend } from '../../../../src/backend/index.js'
import { startLlmServer } from '../../../../src/testing/index.js'

const xml = `<View><Text name="body" value="$body"/>
  <TextArea name="prompt" toName="body"/><TextArea name="summary" toName="body"/></View>`
const task = { id: 1, data: { body: 'A long letter.' } }
const project = '6.1795299628'
const typed = (text: string) => ({ type: 'textarea', from_name: 'prompt', to_name: 'body', value: { text: [text] } })

/** What Label Studio would send, and what comes of it. */
async function ask(backend: Backend, path: string, body: object) {
  const request = { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }
  return Object(await (await backend.fetch(new Request(`http://backend${path}`, request))).json())
}

async function setUp() {
  const server = await startLlmServer({ script: { kind: 'answer', json: { summary: 'Short.' } } })
  const stateFolder = mkdtempSync(join(tmpdir(), 'prelabel-prompts-'))
  onTestFinished(async () => {
    await server.close()
    rmSync(stateFolder, { recursive: true })
  })
  const quiet = () => undefined
  const start = () =>
    createBackend({
      adapters: [
        llm({
          provider: openai({ model: 'm', apiKey: 'none', baseURL: server.openaiUrl }),
          promptPrefix: 'prompt',
          confidence: 'none',
        }),
      ],
      stateFolder,
      // Extra params are learnt before /setup answers, however slow the disk is.
      limits: { setupMs: 60_000 },
      logger: { debug: quiet, info: quiet, warn: quiet, error: quiet },
    })
  const setup = async (backend: Backend, extra_params: unknown = null): Promise<string> =>
    (await ask(backend, '/setup', { project, schema: xml, extra_params })).model_version
  const predict = (backend: Backend, context: unknown = null) =>
    ask(backend, '/predict', { tasks: [task], project, label_config: xml, params: { context } })
  return { server, start, setup, predict, lastPrompt: () => server.requests.at(-1)?.system ?? '' }
}

/** Submits an annotation, and waits until it was learnt from. */
async function submit(backend: Backend, text: string): Promise<void> {
  const annotation = { id: 8, result: [typed(text)], was_cancelled: false }
  const event = { action: 'ANNOTATION_CREATED', project: { id: 6, label_config: xml }, annotation, task }
  const { job } = await ask(backend, '/webhook', event)
  let status = 'started'
  while (status === 'started') {
    await new Promise((resolve) => setImmediate(resolve))
    status = (await ask(backend, '/job_status', { job })).job_status
  }
  expect(status).toBe('finished')
}

it('what an annotator types counts at once, and for the project when it is submitted, over restarts', async () => {
  const { start, setup, predict, lastPrompt, server } = await setUp()
  const backend = start()
  const plain = await setup(backend)
  const { results } = await predict(backend, { result: [typed('In one word.')] })
  expect(results[0].result).toMatchObject([{ from_name: 'summary', value: { text: ['Short.'] } }])
  expect(lastPrompt()).toContain('\n\nIn one word.\n\n')
  await predict(backend)
  expect(lastPrompt()).not.toContain('In one word.')
  expect(await setup(backend)).toBe(plain)

  await submit(backend, 'In two words.')
  const prompted = await setup(backend)
  expect(prompted).not.toBe(plain)
  const asked = server.requests.length
  expect((await predict(backend)).results[0].model_version).toBe(prompted)
  expect(server.requests).toHaveLength(asked + 1)
  expect(lastPrompt()).toContain('\n\nIn two words.\n\n')

  const later = start()
  expect(await setup(later)).toBe(prompted)
  await predict(later)
  expect(lastPrompt()).toContain('In two words.')
})

it('extra params of the connection carry a prompt, until another is typed', async () => {
  const { start, setup, predict, lastPrompt } = await setUp()
  const backend = start()
  const params = { prompt: 'In Bernese.' }
  const told = await setup(backend, params)
  await predict(backend)
  expect(lastPrompt()).toContain('In Bernese.')
  await submit(backend, 'In two words.')
  expect(await setup(backend, params)).not.toBe(told)
  await predict(backend)
  expect(lastPrompt()).toContain('In two words.')
})
