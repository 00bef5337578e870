import { context, type Tracer as OtelTracer, SpanStatusCode, trace } from '@opentelemetry/api'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { type Backend, createConsoleLogger, type Tracer } from '../../src/backend/index.js'
import { createMetricsRegistry } from '../../src/backend/metrics/registry.js'
import {
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

afterEach(() => {
  vi.restoreAllMocks()
  vi.unstubAllEnvs()
})

describe('metrics', () => {
  it('are Prometheus text', () => {
    const registry = createMetricsRegistry()
    const asked = registry.counter('asked_total', 'Asked.')
    const seconds = registry.histogram('seconds', 'Time.', [0.1, 1])
    registry.watch('queue', 'Waiting.', 'gauge', () => [{ labels: {}, value: 3 }])
    asked.add({ path: 'a"b\\c\nd' })
    asked.add({ path: 'a"b\\c\nd' }, 2)
    for (const value of [0.05, 0.1, 0.5, 5]) seconds.observe(value, { route: 'x' })
    expect(registry.text()).toBe(`# HELP asked_total Asked.
# TYPE asked_total counter
asked_total{path="a\\"b\\\\c\\nd"} 3
# HELP seconds Time.
# TYPE seconds histogram
seconds_bucket{route="x",le="0.1"} 2
seconds_bucket{route="x",le="1"} 3
seconds_bucket{route="x",le="+Inf"} 4
seconds_sum{route="x"} 5.65
seconds_count{route="x"} 4
# HELP queue Waiting.
# TYPE queue gauge
queue 3
`)
  })

  it('tell of requests, batches, tasks and what a paid model took', async () => {
    const usage = () => ({ requests: 2, cost: 0.25, inputTokens: 100, outputTokens: 7 })
    const backend = quietBackend({ adapters: [{ ...toneAdapter(), usage }] })
    await post(backend, '/predict', predictBody(['happy', 'sad']))
    await post(backend, '/nothing', {})
    const { body, headers } = await get(backend, '/metrics')
    expect(headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8')
    for (const line of [
      'prelabel_requests_total{route="predict",status="200"} 1',
      'prelabel_requests_total{route="unknown",status="404"} 1',
      'prelabel_request_seconds_count{route="predict"} 1',
      'prelabel_batch_size_bucket{adapter="tone",le="2"} 1',
      'prelabel_tasks_total{outcome="predicted"} 2',
      'prelabel_queue_tasks{priority="bulk"} 0',
      'prelabel_adapter_cost_dollars_total{adapter="tone"} 0.25',
      'prelabel_adapter_tokens_total{adapter="tone",type="input"} 100',
    ]) {
      expect(body).toContain(`${line}\n`)
    }
    expect(backend.metrics()).toContain('prelabel_tasks_total{outcome="predicted"} 2\n')
  })

  const tasksOf = (backend: Backend) =>
    backend
      .metrics()
      .split('\n')
      .filter((line) => /^prelabel_(late_)?tasks_total/.test(line))

  it('count a task that is none as failed', async () => {
    const backend = quietBackend()
    await post(backend, '/predict', {
      tasks: [{ id: 1, data: null }, 7, { id: 2, data: { text: 'x' } }],
      label_config: TONE,
    })
    expect(tasksOf(backend)).toEqual([
      'prelabel_tasks_total{outcome="failed"} 2',
      'prelabel_tasks_total{outcome="predicted"} 1',
    ])
  })

  it('count a late task once, and apart what became of it', async () => {
    let finish = () => {}
    const finished = new Promise<void>((resolve) => {
      finish = resolve
    })
    const predict = async (items: readonly TextItem[]) => {
      await finished
      return items.map((item) => (item.input.text === 'bad' ? new Error('cannot') : toneOf(item)))
    }
    const backend = quietBackend({ adapters: [toneAdapter({ predict })], limits: { deadlineMs: 5 } })
    await post(backend, '/predict', predictBody(['happy', 'sad', 'bad']))
    expect(tasksOf(backend)).toEqual(['prelabel_tasks_total{outcome="late"} 3'])
    finish()
    await backend.dispose(10_000)
    expect(tasksOf(backend)).toEqual([
      'prelabel_tasks_total{outcome="late"} 3',
      'prelabel_late_tasks_total{outcome="predicted"} 2',
      'prelabel_late_tasks_total{outcome="failed"} 1',
    ])
  })

  it('count a request that its client left as 499', async () => {
    const leaving = new AbortController()
    const predict = (): never => {
      leaving.abort()
      throw new Error('left')
    }
    const backend = quietBackend({ adapters: [toneAdapter({ predict })] })
    await post(backend, '/predict', predictBody(['x']), { signal: leaving.signal })
    expect(backend.metrics()).toContain('prelabel_requests_total{route="predict",status="499"} 1\n')
    expect(tasksOf(backend)).toEqual(['prelabel_tasks_total{outcome="abandoned"} 1'])
  })
})

describe('the logger', () => {
  const written = () => {
    const lines: unknown[] = []
    vi.spyOn(console, 'error').mockImplementation((line: string) => void lines.push(JSON.parse(line)))
    return lines
  }

  it('writes pino-shaped lines without secrets', () => {
    const lines = written()
    const logger = createConsoleLogger()
    logger.debug({}, 'not written')
    logger.info(
      {
        url: 'https://s3.test/a?X-Amz-Signature=abc',
        nested: { token: 'Bearer 0123456789abcdef0123456789abcdef01234567' },
      },
      'fetched',
    )
    logger.error({ request_id: 'r1' })
    expect(lines).toEqual([
      {
        level: 30,
        time: expect.any(Number),
        url: 'https://s3.test/a?…',
        nested: { token: '…' },
        msg: 'fetched',
      },
      { level: 50, time: expect.any(Number), request_id: 'r1' },
    ])
  })

  it.each([
    ['DEBUG', 4],
    ['warn', 2],
    ['nonsense', 3],
  ])('takes its level from LOG_LEVEL=%s', (level, count) => {
    vi.stubEnv('LOG_LEVEL', level)
    const lines = written()
    const logger = createConsoleLogger()
    for (const write of [logger.debug, logger.info, logger.warn, logger.error]) write({})
    expect(lines).toHaveLength(count)
  })

  it('is given the request id with every entry but those of models, which serve all requests', async () => {
    const { logger, entries } = recordingLogger()
    await post(quietBackend({ logger }), '/setup', { schema: TONE }, { headers: { 'x-request-id': 'r7' } })
    const [named, others] = [true, false].map((has) =>
      entries.filter(({ fields }) => (fields.request_id === 'r7') === has).map(({ message }) => message),
    )
    expect(named).toEqual(['bound', 'answered'])
    expect(others).toEqual(['model loaded'])
  })

  it.each(['throws', 'rejects'])('that %s harms no task and no request, and this is said once', async (how) => {
    const said: unknown[] = []
    vi.spyOn(console, 'error').mockImplementation((line: string) => void said.push(line))
    const fail = () => {
      const failure = new Error('no disk for Bearer abc12345')
      if (how === 'throws') throw failure
      return Promise.reject(failure)
    }
    const backend = quietBackend({ logger: { debug: fail, info: fail, warn: fail, error: fail } })
    const tasks = [{ id: 1, data: { text: 'happy' } }, { id: 2, data: {} }, { id: 3 }]
    const { status, body } = await post(backend, '/predict', { tasks, label_config: TONE })
    expect(status).toBe(200)
    expect(body).toMatchObject({ results: [{ result: [{}] }, [], []] })
    expect(await post(backend, '/predict', '{')).toMatchObject({
      status: 400,
      body: { error: { code: 'body-not-json' } },
    })
    expect(said).toEqual(['prelabel: the logger failed: no disk for Bearer …'])
  })

  it('names the request of each task that failed', async () => {
    const { logger, entries } = recordingLogger()
    const tasks = [{ id: 1, data: {} }, { id: 2 }]
    const headers = { 'x-request-id': 'r8' }
    await post(quietBackend({ logger }), '/predict', { tasks, label_config: TONE }, { headers })
    const failed = entries.filter(({ message }) => message === 'task failed').map(({ fields }) => fields)
    expect(failed).toMatchObject([
      { request_id: 'r8', index: 1, err: { code: 'task-invalid' } },
      { request_id: 'r8', task: 1, err: { code: 'task-field-missing' } },
    ])
  })

  it("of one call of `predict` takes the place of the backend's", async () => {
    const [ofBackend, ofCall] = [recordingLogger(), recordingLogger()]
    const backend = quietBackend({ logger: ofBackend.logger, config: TONE })
    await backend.predict([{ id: 1, data: {} }], { logger: ofCall.logger })
    expect(ofBackend.entries.filter(({ message }) => message === 'task failed')).toEqual([])
    expect(ofCall.entries).toMatchObject([{ message: 'task failed', fields: { task: 1 } }])
  })
})

describe('tracing', () => {
  const recordingTracer = () => {
    const spans: {
      name: string
      root: boolean
      attributes: Record<string, unknown>
      ended: boolean
      failed: boolean
    }[] = []
    const tracer: Tracer = {
      startActiveSpan(name, { attributes, root = false }, run) {
        const span = { name, root, attributes: { ...attributes }, ended: false, failed: false }
        spans.push(span)
        return context.with(context.active(), () =>
          run({
            setAttribute: (key, value) => void Object.assign(span.attributes, { [key]: value }),
            setStatus: ({ code }) => void Object.assign(span, { failed: code === SpanStatusCode.ERROR }),
            end: () => void Object.assign(span, { ended: true }),
          }),
        )
      },
    }
    return { spans, tracer }
  }
  const raise = () => {
    throw new Error('cannot')
  }

  it.each([
    ['a request that fails of itself', '/setup', { schema: TONE }, { inspect: raise }, [['prelabel.request', true]]],
    ['a request that was wrong', '/predict', {}, {}, [['prelabel.request', false]]],
    [
      'a batch that throws, though its request was answered',
      '/predict',
      predictBody(['x']),
      { predict: raise },
      [
        ['prelabel.request', false],
        ['prelabel.batch', true],
      ],
    ],
    [
      'a batch in which one item failed',
      '/predict',
      predictBody(['bad', 'x']),
      {
        predict: (items: readonly TextItem[]) =>
          items.map((item) => (item.input.text === 'bad' ? new Error() : toneOf(item))),
      },
      [
        ['prelabel.request', false],
        ['prelabel.batch', true],
      ],
    ],
  ])('says of %s whether it is an error', async (_, path, body, adapter, expected) => {
    const { spans, tracer } = recordingTracer()
    await post(quietBackend({ tracer, adapters: [toneAdapter(adapter)] }), path, body)
    expect(spans.map(({ name, failed }) => [name, failed])).toEqual(expected)
  })

  it('that fails costs the request, and no more', async () => {
    const { logger, entries } = recordingLogger()
    const backend = quietBackend({ logger, tracer: { startActiveSpan: raise } })
    expect(await post(backend, '/predict', predictBody(['x']))).toMatchObject({
      status: 500,
      body: { error: { code: 'internal-error' } },
    })
    expect(entries).toContainEqual(expect.objectContaining({ level: 'error', message: 'request failed' }))
  })

  it('takes a tracer of OpenTelemetry as it is, and makes a span a request and a batch', async () => {
    const { spans, tracer } = recordingTracer()
    const noop: OtelTracer = trace.getTracer('test')
    const fits: Tracer = noop
    expect((await post(quietBackend({ tracer: fits }), '/predict', predictBody(['x']))).status).toBe(200)
    await post(quietBackend({ tracer }), '/predict', predictBody(['x']))
    expect(spans).toEqual([
      {
        name: 'prelabel.request',
        root: false,
        attributes: { 'prelabel.route': 'predict', 'http.response.status_code': 200 },
        ended: true,
        failed: false,
      },
      {
        name: 'prelabel.batch',
        root: true,
        attributes: { 'prelabel.adapter': 'tone', 'prelabel.items': 1 },
        ended: true,
        failed: false,
      },
    ])
  })
})
