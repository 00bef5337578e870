import { describe, expect, it } from 'vitest'
import type { WebhookEvent } from '../../src/backend/index.js'
import { post, quietBackend, recordingLogger } from './harness.js'

const project = { id: 6, title: 'Tickets', label_config_hash: 5_906_217_843_551_321_000 }
const task = { id: 3, data: { text: 'x' } }
const annotation = { id: 8, result: [], was_cancelled: false }

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
    expect((await post(backend, '/job_status', { job })).body).toMatchObject({ job_status: 'started' })
    finish()
    await backend.dispose(1000)
    expect((await post(backend, '/job_status', { job })).body).toMatchObject({ job_status: 'finished' })
  })

  it('says that a job failed, and logs why', async () => {
    const { logger, entries } = recordingLogger()
    const backend = quietBackend({
      logger,
      onWebhook: () => {
        throw new Error('no data')
      },
    })
    const { body } = await post(backend, '/webhook', { action: 'START_TRAINING', project })
    const { job } = body as { job: string }
    await backend.dispose(1000)
    expect((await post(backend, '/job_status', { job })).body).toMatchObject({ job_status: 'failed' })
    expect(entries).toContainEqual({
      level: 'error',
      message: 'webhook handler failed',
      fields: { action: 'START_TRAINING', job, err: { name: 'Error', message: 'no data' } },
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
