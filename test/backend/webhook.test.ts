import { describe, expect, it } from 'vitest'
import type { WebhookEvent } from '../../src/backend/index.js'
import { PrelabelError } from '../../src/errors.js'
import { post, quietBackend, recordingLogger } from './harness.js'

const project = { id: 6, title: 'Tickets', label_config_hash: 5_906_217_843_551_321_000 }
const task = { id: 3, data: { text: 'x' } }
const annotation = { id: 8, result: [], was_cancelled: false }

const ISO_TIME = /^\d{4}-\d\d-\d\dT[\d:.]+Z$/

const EVENTS = [
  { action: 'ANNOTATION_CREATED', project, annotation, task },
  { action: 'ANNOTATION_UPDATED', project, annotation, task },
  { action: 'ANNOTATIONS_CREATED', project, annotation: [annotation], task: [task] },
  { action: 'ANNOTATIONS_DELETED', project, annotations: [{ id: 8 }] },
  { action: 'TASKS_CREATED', project, tasks: [task] },
  { action: 'TASKS_DELETED', project, tasks: [{ id: 3 }] },
  { action: 'PROJECT_UPDATED', project },
  { action: 'START_TRAINING', project },
]

describe('/webhook', () => {
  it.each(EVENTS)('hands on $action as it came', async (event) => {
    const seen: WebhookEvent[] = []
    const backend = quietBackend({ onWebhook: (one) => void seen.push(one) })
    const { status, body } = await post(backend, '/webhook', event)
    expect(status).toBe(201)
    expect(body).toEqual({ result: {}, status: 'ok', job: expect.any(String) })
    expect(seen).toEqual([event])
  })

  it('takes what Label Studio sends of an annotation or a skip that was made over its API without a result', async () => {
    const seen: WebhookEvent[] = []
    const backend = quietBackend({ onWebhook: (one) => void seen.push(one) })
    const bare = { id: 8, result: null, was_cancelled: null, task: null, lead_time: null, completed_by: null }
    const about = { project: { ...project, label_config: null, description: null }, task: { ...task, meta: null } }
    const read = { id: 8, result: [], lead_time: null, completed_by: null }
    for (const action of ['ANNOTATION_CREATED', 'ANNOTATION_UPDATED'])
      expect((await post(backend, '/webhook', { action, ...about, annotation: bare })).status).toBe(201)
    const several = {
      action: 'ANNOTATIONS_CREATED',
      ...about,
      annotation: [bare, { ...bare, result: [null, {}] }],
      task: [task],
    }
    expect((await post(backend, '/webhook', several)).status).toBe(201)
    expect(seen).toMatchObject([
      { annotation: read },
      { annotation: read },
      { annotation: [read, { ...read, result: [{}] }] },
    ])
  })

  it.each(EVENTS)('answers $action without payload, which a webhook can be set to', async ({ action }) => {
    const seen: WebhookEvent[] = []
    const backend = quietBackend({ onWebhook: (one) => void seen.push(one) })
    expect(await post(backend, '/webhook', { action })).toMatchObject({
      status: 200,
      body: { status: 'Unknown event' },
    })
    expect(seen).toEqual([])
  })

  it.each([
    { action: 'PROJECT_CREATED', project },
    { action: 'PROJECT_DELETED', project: { id: 6 } },
    { action: 'LABEL_LINK_CREATED', label_link: [{ id: 1 }], project },
    { action: 'LABEL_LINK_UPDATED', label_link: { id: 1 }, label: { id: 2 }, project },
    { action: 'LABEL_LINK_DELETED', label_link: { id: 1 }, project },
  ])('answers $action, of which it knows nothing', async (event) => {
    expect((await post(quietBackend(), '/webhook', event)).status).toBe(200)
  })

  it.each(['LABEL_LINK_CREATED', 'PROJECT_CREATED', 'ANNOTATION_DELETED'])('knows no %s', async (action) => {
    const backend = quietBackend({
      onWebhook: () => {
        throw new Error('must not be called')
      },
    })
    expect(await post(backend, '/webhook', { action })).toMatchObject({
      status: 200,
      body: { status: 'Unknown event' },
    })
  })

  it('refuses an event without what belongs to it, with the path', async () => {
    const { status, body } = await post(quietBackend(), '/webhook', {
      action: 'TASKS_CREATED',
      project,
      tasks: [{ id: 1 }],
    })
    expect(status).toBe(400)
    expect(body).toMatchObject({ error: { code: 'body-invalid', path: 'tasks[0].data' } })
  })

  it('answers before the handler is done', async () => {
    let finish = () => {}
    const backend = quietBackend({
      onWebhook: () =>
        new Promise<void>((resolve) => {
          finish = resolve
        }),
    })
    const { body } = await post(backend, '/webhook', { action: 'START_TRAINING', project })
    const { job } = body as { job: string }
    expect((await post(backend, '/job_status', { job })).body).toEqual({
      job_status: 'started',
      error: '',
      log: '',
      created_at: expect.stringMatching(ISO_TIME),
      finished_at: null,
    })
    finish()
    await backend.dispose(1000)
    expect((await post(backend, '/job_status', { job })).body).toMatchObject({
      job_status: 'finished',
      finished_at: expect.stringMatching(ISO_TIME),
    })
  })

  it('says that a job failed, and logs why', async () => {
    const { logger, entries } = recordingLogger()
    const backend = quietBackend({
      logger,
      onWebhook: () => {
        throw new Error('no data')
      },
    })
    const headers = { 'x-request-id': 'r9' }
    const { body } = await post(backend, '/webhook', { action: 'START_TRAINING', project }, { headers })
    const { job } = body as { job: string }
    await backend.dispose(1000)
    expect((await post(backend, '/job_status', { job })).body).toMatchObject({
      job_status: 'failed',
      error: 'something went wrong inside the backend',
      finished_at: expect.stringMatching(ISO_TIME),
    })
    expect(entries).toContainEqual({
      level: 'error',
      message: 'webhook handler failed',
      fields: { request_id: 'r9', action: 'START_TRAINING', job, err: { name: 'Error', message: 'no data' } },
    })
  })
})

describe('a job that failed', () => {
  it('says what an error with a code says', async () => {
    const onWebhook = () => {
      throw new PrelabelError('too few annotations', { code: 'mine' })
    }
    const backend = quietBackend({ onWebhook })
    const { body } = await post(backend, '/train', { project: '6.1' })
    await backend.dispose(1000)
    expect((await post(backend, '/job_status', body)).body).toMatchObject({
      job_status: 'failed',
      error: 'too few annotations',
    })
  })
})

describe('/train and /job_status', () => {
  it('treats an order to train as Label Studio once gave it like the event', async () => {
    const seen: WebhookEvent[] = []
    const backend = quietBackend({ onWebhook: (event) => void seen.push(event) })
    const { status, body } = await post(backend, '/train', {
      annotations: [],
      project: '6.1795300280',
      label_config: '<View/>',
    })
    expect(status).toBe(201)
    expect(body).toEqual({ job: expect.any(String) })
    expect(seen).toEqual([{ action: 'START_TRAINING', project: { id: 6, label_config: '<View/>' } }])
  })

  it('answers 410 for a job that is gone', async () => {
    expect(await post(quietBackend(), '/job_status', { job: 'x' })).toMatchObject({
      status: 410,
      body: { error: { code: 'job-gone' } },
    })
  })
})
