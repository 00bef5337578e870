/** Every request that a genuine Label Studio 1.23.2 made of a backend, replayed: each is answered in the form it reads. */

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { defineAdapter } from '../../../src/adapters/define-adapter.js'
import { type Backend, type BackendOptions, createBackend, type WebhookEvent } from '../../../src/backend/index.js'
import { parseConfig } from '../../../src/config/index.js'
import { validatePrediction } from '../../../src/results/index.js'

const shared = process.env.PRELABEL_SHARED ?? '../shared'
const folder = join(shared, 'labelstudio/recorded')

const recordSchema = z.object({
  method: z.enum(['GET', 'POST']),
  path: z.string(),
  headers: z.record(z.string(), z.string()),
  body: z.unknown(),
})
type Recorded = z.infer<typeof recordSchema>
const records = readdirSync(folder).map((file) => ({
  file,
  ...recordSchema.parse(JSON.parse(readFileSync(join(folder, file), 'utf8'))),
}))

const predictionSchema = z.strictObject({
  result: z.array(z.record(z.string(), z.unknown())),
  score: z.number().min(0).max(1).optional(),
  model_version: z.string(),
})
/** What Label Studio reads of the answers. */
const ANSWERS: Readonly<Record<string, z.ZodType>> = {
  '/health': z.looseObject({ status: z.literal('UP') }),
  '/setup': z.strictObject({ model_version: z.string() }),
  '/versions': z.strictObject({ versions: z.array(z.string()) }),
  '/predict': z.strictObject({ results: z.array(predictionSchema), model_version: z.string() }),
  '/webhook': z.strictObject({ result: z.strictObject({}), status: z.literal('ok'), job: z.string() }),
}

const detector = defineAdapter({
  name: 'boxes',
  version: '1.0.0',
  fills: { RectangleLabels: ['Image'] },
  predict: (items) =>
    items.map(() =>
      ['car', 'a'].map((label) => ({ kind: 'detection', label, box: { x: 0, y: 0, width: 1, height: 1 }, score: 0.9 })),
    ),
})
const classifier = defineAdapter({
  name: 'tone',
  version: '1.0.0',
  fills: { Choices: ['Text'] },
  predict: (items) => items.map(() => [{ kind: 'classification', classes: [{ label: 'positive', score: 0.8 }] }]),
})

/** The smallest PNG. */
const onePixel = Uint8Array.from(
  atob('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='),
  (character) => character.charCodeAt(0),
)

const events: WebhookEvent[] = []
const quiet = () => undefined
const options: BackendOptions = {
  adapters: [detector, classifier],
  // The pictures of the recorded tasks are nowhere; this one stands for them.
  media: {
    labelStudio: { url: 'http://127.0.0.1:8085', token: '0123456789abcdef0123456789abcdef01234567' },
    fetch: async () => new Response(onePixel),
  },
  logger: { debug: quiet, info: quiet, warn: quiet, error: quiet },
  onWebhook: (event) => void events.push(event),
}
/** The two passwords that were tried; the longer one comes in latin-1. */
const authOf = ({ headers: { Authorization } }: Recorded) => ({
  basic: { user: 'bob', password: Authorization === 'Basic Ym9iOnMzY3JldDp4IOk=' ? 's3cret:x é' : 's3cret' },
})

/** As the recorded stub was set up: with a password where Label Studio sent one, and under a prefix where it asked there. */
function backendFor(record: Recorded): Backend {
  const { path, headers } = record
  const prefix = path.startsWith('/sub/path') ? { basePath: '/sub/path' } : {}
  return createBackend({ ...options, ...prefix, ...('Authorization' in headers ? { auth: authOf(record) } : {}) })
}

async function replay(record: Recorded, backend = backendFor(record)) {
  const { method, path, headers, body } = record
  const init = method === 'GET' ? {} : { body: JSON.stringify(body) }
  const kept = Object.entries(headers).filter(
    ([name]) => !/^(host|connection|content-length|accept-encoding)$/i.test(name),
  )
  const response = await backend.fetch(new Request(`http://backend${path}`, { method, headers: kept, ...init }))
  const answer: unknown = await response.json()
  return { status: response.status, answer }
}

const routeOf = ({ path }: Recorded) => path.replace('/sub/path', '')

describe(`${records.length} recorded requests`, () => {
  it('ask for every route that Label Studio uses', () => {
    expect(new Set(records.map(routeOf))).toEqual(new Set(Object.keys(ANSWERS)))
  })

  it.each(records)('$file', async (record) => {
    const route = routeOf(record)
    const { status, answer } = await replay(record)
    expect(status).toBe(route === '/webhook' ? 201 : 200)
    expect(ANSWERS[route]?.safeParse(answer).error).toBeUndefined()
    if (route === '/webhook') expect(events.at(-1)).toEqual(record.body)
    if (route === '/predict') await expectShown(record, answer)
  })

  it('open a guarded backend only with the recorded password', async () => {
    for (const record of records.filter(({ path, headers }) => path === '/setup' && 'Authorization' in headers)) {
      const backend = createBackend({ ...options, auth: authOf(record) })
      expect((await replay(record, backend)).status).toBe(200)
      expect((await replay({ ...record, headers: {} }, backend)).status).toBe(401)
    }
  })

  it('tell a guarded backend of events without a password', async () => {
    const webhooks = records.filter(({ path, headers }) => path === '/webhook' && !('Authorization' in headers))
    for (const record of webhooks) {
      const { action } = z.object({ action: z.string() }).parse(record.body)
      const { status } = await replay(record, createBackend({ ...options, auth: authOf(record) }))
      expect(status).toBe(action === 'START_TRAINING' ? 401 : 201)
    }
  })
})

const predictSchema = z.object({
  tasks: z.array(z.object({ id: z.int(), data: z.record(z.string(), z.unknown()) })),
  project: z.string(),
  label_config: z.string(),
})

/** One entry a task, each of them shown by the editor, each with the version that `/setup` gives. */
async function expectShown(record: Recorded, answer: unknown): Promise<void> {
  const { tasks, project, label_config: xml } = predictSchema.parse(record.body)
  const results = z.object({ results: z.array(predictionSchema) }).parse(answer).results
  expect(results).toHaveLength(tasks.length)
  const setup = await createBackend(options).fetch(
    new Request('http://backend/setup', { method: 'POST', body: JSON.stringify({ project, schema: xml }) }),
  )
  const config = parseConfig(xml)
  for (const [index, prediction] of results.entries()) {
    const task = tasks[index]
    expect(validatePrediction(config, prediction, task === undefined ? {} : { task })).toEqual([])
    expect(prediction.result.length).toBeGreaterThan(0)
  }
  expect(await setup.json()).toEqual({ model_version: results[0]?.model_version })
}
