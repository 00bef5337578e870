/** What goes wrong, and what comes of it: a clear error where it happened, and nothing else lost. */

import { describe, expect, it } from 'vitest'
import type { Outcome } from '../../src/adapters/adapter.js'
import { PrelabelError } from '../../src/errors.js'
import type { MediaLoader } from '../../src/media/media-loader.js'
import {
  type Answer,
  get,
  post,
  predictBody,
  quietBackend,
  recordingLogger,
  type TextItem,
  TONE,
  toneAdapter,
  toneOf,
} from './harness.js'

const bad = ({ input }: TextItem) => input.text.startsWith('bad')
const texts = ['happy one', 'bad one', 'sad one']
const rest = [
  { result: [{ value: { choices: ['Positive'] } }] },
  [],
  { result: [{ value: { choices: ['Negative'] } }] },
]

interface Fault {
  readonly fault: string
  readonly predict: (
    items: readonly TextItem[],
    signal: AbortSignal,
  ) => readonly Outcome[] | Promise<readonly Outcome[]>
  readonly code: string
}

const throwIfBad = (items: readonly TextItem[]) => {
  if (items.some(bad)) throw new Error('cannot')
  return items.map(toneOf)
}

const ADAPTER_FAULTS: readonly Fault[] = [
  { fault: 'throws for a whole batch', predict: throwIfBad, code: 'adapter-failed' },
  { fault: 'rejects', predict: async (items) => throwIfBad(items), code: 'adapter-failed' },
  {
    fault: 'throws what is no Error',
    predict: (items) => {
      if (items.some(bad)) throw 'cannot'
      return items.map(toneOf)
    },
    code: 'adapter-failed',
  },
  {
    fault: 'throws an error with a code of its own',
    predict: (items) => {
      if (items.some(bad)) throw new PrelabelError('too long', { code: 'text-too-long' })
      return items.map(toneOf)
    },
    code: 'text-too-long',
  },
  {
    fault: 'says of one item that it failed',
    predict: (items) => items.map((item) => (bad(item) ? new Error('cannot') : toneOf(item))),
    code: 'adapter-failed',
  },
  {
    fault: 'leaves one out',
    predict: (items) => items.filter((item) => !bad(item)).map(toneOf),
    code: 'adapter-outcome-count',
  },
  {
    fault: 'answers with too many',
    predict: (items) => items.flatMap((item) => (bad(item) ? [toneOf(item), toneOf(item)] : [toneOf(item)])),
    code: 'adapter-outcome-count',
  },
  {
    fault: 'hangs, and does not heed its signal',
    predict: (items) => (items.some(bad) ? new Promise<never>(() => undefined) : items.map(toneOf)),
    code: 'adapter-timeout',
  },
]

describe('an adapter that', () => {
  it.each(ADAPTER_FAULTS)('$fault fails that task alone', async ({ predict, code }) => {
    const backend = quietBackend({
      adapters: [toneAdapter({ predict, batchSize: code === 'adapter-timeout' ? 1 : 8, concurrency: 3 })],
      limits: { adapterMs: 50 },
    })
    const { status, body } = await post(backend, '/predict', predictBody(texts))
    expect(status).toBe(200)
    expect(body).toMatchObject({ results: rest, errors: [{ index: 1, code }] })
  })

  it('hangs gives its place back to what comes next', async () => {
    let calls = 0
    const predict = (items: readonly TextItem[]) => {
      calls += 1
      return calls === 1 ? new Promise<never>(() => undefined) : items.map(toneOf)
    }
    const backend = quietBackend({ adapters: [toneAdapter({ predict })], limits: { adapterMs: 20 } })
    expect((await post(backend, '/predict', predictBody(['happy']))).body).toMatchObject({ results: [[]] })
    expect((await post(backend, '/predict', predictBody(['happy']))).body).toMatchObject({ results: [rest[0]] })
  })

  it('says a class that means no label sends nothing, and says so', async () => {
    const { logger, entries } = recordingLogger()
    const predict = (items: readonly TextItem[]) =>
      items.map((): Outcome => [{ kind: 'classification', classes: [{ label: 'Furious', score: 0.9 }] }])
    const backend = quietBackend({ logger, adapters: [toneAdapter({ predict })] })
    expect((await post(backend, '/predict', predictBody(['x']))).body).toMatchObject({ results: [{ result: [] }] })
    expect(entries).toContainEqual(
      expect.objectContaining({
        message: 'results not sent',
        fields: expect.objectContaining({ issues: [expect.objectContaining({ code: 'class-unmapped' })] }),
      }),
    )
    const metrics = await backend.fetch(new Request('http://backend/metrics'))
    expect(await metrics.text()).toContain('prelabel_results_refused_total{reason="class-unmapped"} 1')
  })

  it('makes a finding that its control cannot show sends nothing, and says so', async () => {
    const backend = quietBackend({
      adapters: [toneAdapter({ predict: (items) => items.map(() => [{ kind: 'number', value: 3 }]) })],
    })
    const [answer] = await backend.predict([{ data: { text: 'x' } }], { config: TONE })
    expect(answer).toMatchObject({ prediction: { result: [] }, issues: [{ code: 'finding-not-shown' }] })
  })

  it.each([7, -0.1, Number.NaN])('gives the score %d sends the result without it', async (score) => {
    const predict = (items: readonly TextItem[]) =>
      items.map((): Outcome => [{ kind: 'classification', classes: [{ label: 'Positive', score }] }])
    const { logger, entries } = recordingLogger()
    const backend = quietBackend({ logger, adapters: [toneAdapter({ predict })] })
    const [answer] = await backend.predict([{ data: { text: 'x' } }], { config: TONE })
    expect(entries.flatMap(({ level, message }) => (level === 'warn' ? [message] : []))).toEqual([
      'results changed and sent',
    ])
    expect(backend.metrics()).not.toContain('prelabel_results_refused_total{')
    expect(answer).toMatchObject({
      prediction: { result: [{ value: { choices: ['Positive'] } }] },
      issues: [{ code: 'score-out-of-range', path: 'findings[0].classes[0].score' }],
    })
    expect(answer?.prediction).not.toHaveProperty('score')
    expect(answer?.prediction?.result[0]).not.toHaveProperty('score')
  })

  it('makes what is no finding fails that task alone', async () => {
    const predict = (items: readonly TextItem[]) =>
      items.map((item) => (bad(item) ? JSON.parse('[null]') : toneOf(item)))
    const { body } = await post(quietBackend({ adapters: [toneAdapter({ predict })] }), '/predict', predictBody(texts))
    expect(body).toMatchObject({
      results: rest,
      errors: [{ index: 1, code: 'adapter-outcome-invalid', path: 'findings[0]' }],
    })
  })

  it('fails with a cause that goes in circles costs no other task anything', async () => {
    const predict = (items: readonly TextItem[]) =>
      items.map((item) => {
        const error = new Error('round')
        error.cause = error
        return bad(item) ? error : toneOf(item)
      })
    const { status, body } = await post(
      quietBackend({ adapters: [toneAdapter({ predict })] }),
      '/predict',
      predictBody(texts),
    )
    expect(status).toBe(200)
    expect(body).toMatchObject({ results: rest, errors: [{ index: 1, code: 'adapter-failed' }] })
  })

  it('cannot load its model fails its tasks, is tried again, and does not hurt /setup', async () => {
    let loads = 0
    const load = () => {
      loads += 1
      if (loads < 3) throw new Error('no such file')
    }
    const backend = quietBackend({ adapters: [toneAdapter({ load })] })
    expect((await post(backend, '/setup', { project: '1.1', schema: TONE })).status).toBe(200)
    const failed = { results: [[]], errors: [{ code: 'adapter-load-failed', message: /no such file/ }] }
    expect((await post(backend, '/predict', predictBody(['happy']))).body).toMatchObject({
      ...failed,
      errors: [{ code: 'adapter-load-failed', message: expect.stringContaining('no such file') }],
    })
    expect((await post(backend, '/predict', predictBody(['happy']))).body).toMatchObject({ results: [rest[0]] })
  })

  it('cannot inspect its model tells Label Studio when it is connected', async () => {
    const inspect = () => {
      throw new PrelabelError('model.onnx does not exist', { code: 'model-missing' })
    }
    const backend = quietBackend({ adapters: [toneAdapter({ inspect })] })
    expect(await post(backend, '/setup', { project: '1.1', schema: TONE })).toMatchObject({
      status: 503,
      body: {
        error: {
          code: 'adapter-inspect-failed',
          message: 'the model of the adapter tone could not be inspected: model.onnx does not exist',
        },
      },
    })
  })
})

describe('a task that', () => {
  it.each([
    ['has no data', { id: 2 }, 'task-invalid'],
    ['is no object', 7, 'task-invalid'],
    ['is null', null, 'task-invalid'],
    ['lacks the field that the config shows', { id: 2, data: { other: 'x' } }, 'task-field-missing'],
    ['has another thing in it', { id: 2, data: { text: { a: 1 } } }, 'task-field-invalid'],
  ])('%s costs no other its prediction', async (_, task, code) => {
    const { tasks, ...others } = predictBody(texts)
    const { status, body } = await post(quietBackend(), '/predict', { ...others, tasks: [tasks[0], task, tasks[2]] })
    expect(status).toBe(200)
    expect(body).toMatchObject({ results: rest, errors: [{ index: 1, code }] })
  })

  it('has media that cannot be fetched fails alone, with the cause', async () => {
    const media: MediaLoader = {
      async load(_form, value) {
        throw new PrelabelError(`GET ${String(value)} answered 404`, { code: 'media-not-found' })
      },
      dispose: async () => undefined,
    }
    const config = TONE.replace('value="$text"', 'value="$text" valueType="url"')
    const { body } = await post(
      quietBackend({ media }),
      '/predict',
      predictBody(['https://x.test/a.txt?sig=secret'], config),
    )
    expect(body).toMatchObject({
      results: [[]],
      errors: [{ code: 'media-not-found', message: 'GET https://x.test/a.txt?… answered 404' }],
    })
  })
})

describe('a body that', () => {
  const deep = `${'['.repeat(150)}${']'.repeat(150)}`
  it.each([
    ['is broken JSON', '{"tasks": [', 400, 'body-not-json'],
    ['is empty', '', 400, 'body-not-json'],
    ['is nested too deep', `{"tasks": ${deep}}`, 400, 'body-too-deep'],
    ['hides its depth behind a string', `{"a": "]]]\\\\\\"]", "tasks": ${deep}}`, 400, 'body-too-deep'],
    ['is a list', '[]', 400, 'body-invalid'],
    ['has no tasks', '{}', 400, 'body-invalid'],
    ['has another type', '{"tasks": "x"}', 400, 'body-invalid'],
    ['has a wrong config', '{"tasks": [], "label_config": 3}', 400, 'body-invalid'],
    ['has wrong params', '{"tasks": [], "params": 3}', 400, 'body-invalid'],
  ])('%s is refused with a code, a hint and the request id', async (_, body, status, code) => {
    const answer = await post(quietBackend(), '/predict', body, { headers: { 'x-request-id': 'abc-1' } })
    expect(answer).toMatchObject({ status, body: { error: { code, hint: expect.any(String) }, request_id: 'abc-1' } })
    expect(answer.headers.get('x-request-id')).toBe('abc-1')
  })

  it('is larger than allowed is refused before it is read, and while it is', async () => {
    const backend = quietBackend({ limits: { bodyBytes: 100 } })
    const announced = await post(backend, '/predict', {}, { headers: { 'content-length': '104857600' } })
    expect(announced).toMatchObject({ status: 413, body: { error: { code: 'body-too-large' } } })
    const read = await post(backend, '/predict', predictBody(texts))
    expect(read).toMatchObject({ status: 413, body: { error: { code: 'body-too-large' } } })
  })

  it('is compressed is refused', async () => {
    const answer = await post(quietBackend(), '/predict', '{}', { headers: { 'content-encoding': 'gzip' } })
    expect(answer).toMatchObject({ status: 415, body: { error: { code: 'body-encoded' } } })
  })
})

describe('an error ends a request with a hint', () => {
  const shut = async () => {
    const backend = quietBackend()
    await backend.dispose()
    return backend
  }
  const hangs = { ...toneAdapter(), inspect: () => new Promise<never>(() => undefined) }
  const throws = { ...toneAdapter(), inspect: () => Promise.reject(new Error('no model')) }
  const auth = { bearer: ['secret'] }
  it.each<[string, number, () => Promise<Answer>]>([
    ['unauthorized', 401, () => post(quietBackend({ auth }), '/predict', predictBody(texts))],
    ['route-unknown', 404, () => get(quietBackend(), '/nothing')],
    ['method-wrong', 405, () => get(quietBackend(), '/predict')],
    ['invalid-config', 400, () => post(quietBackend(), '/predict', predictBody(texts, '<View><Choices'))],
    ['invalid-config', 400, () => post(quietBackend(), '/setup', { schema: TONE.replace('toName="message"', '') })],
    ['config-missing', 400, () => post(quietBackend(), '/predict', { tasks: [] })],
    [
      'setup-slow',
      503,
      () => post(quietBackend({ adapters: [hangs], limits: { setupMs: 5 } }), '/setup', { schema: TONE }),
    ],
    ['adapter-inspect-failed', 503, () => post(quietBackend({ adapters: [throws] }), '/setup', { schema: TONE })],
    ['not-ready', 503, () => get(quietBackend(), '/ready')],
    ['shutting-down', 503, async () => post(await shut(), '/predict', predictBody(texts))],
    ['job-gone', 410, () => post(quietBackend(), '/job_status', { job: 'x' })],
    ['body-invalid', 400, () => post(quietBackend(), '/setup', {})],
  ])('%s', async (code, status, ask) => {
    expect(await ask()).toMatchObject({ status, body: { error: { code, hint: expect.any(String) } } })
  })
})
