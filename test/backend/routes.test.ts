import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { get, post, predictBody, quietBackend, recordingLogger, TONE, toneAdapter } from './harness.js'

const positive = {
  result: [{ from_name: 'tone', to_name: 'message', type: 'choices', value: { choices: ['Positive'] } }],
}

describe('/predict', () => {
  it('answers one entry a task, in order, with the model version of /setup', async () => {
    const backend = quietBackend()
    const setup = await post(backend, '/setup', { project: '1.1795299628', schema: TONE })
    const { status, body } = await post(backend, '/predict', predictBody(['happy', 'sad', 'so happy']))
    expect(status).toBe(200)
    expect(body).toMatchObject({
      results: [positive, { result: [{ value: { choices: ['Negative'] } }] }, positive].map((entry) => ({
        ...entry,
        ...(setup.body as object),
      })),
    })
  })

  it('says that nothing was found with an empty result, and that a task failed with an empty list', async () => {
    const backend = quietBackend({
      adapters: [
        toneAdapter({
          predict: (items) => items.map(({ input }) => (input.text === 'bad' ? new Error('no idea') : [])),
        }),
      ],
    })
    const { body } = await post(backend, '/predict', predictBody(['fine', 'bad', 'fine too']))
    expect(body).toMatchObject({
      results: [{ result: [] }, [], { result: [] }],
      errors: [{ index: 1, code: 'adapter-failed', message: 'the adapter tone failed: no idea' }],
    })
  })

  it('answers an interactive request with an object, also when it fails', async () => {
    const backend = quietBackend({
      adapters: [
        toneAdapter({
          predict: () => {
            throw new Error('no idea')
          },
        }),
      ],
    })
    const context = { result: [{ from_name: 'tone', to_name: 'message', type: 'choices', value: {} }] }
    const { status, body } = await post(backend, '/predict', predictBody(['x'], TONE, context))
    expect(status).toBe(200)
    expect(body).toMatchObject({ results: [{ result: [] }], errors: [{ index: 0, code: 'adapter-failed' }] })
  })

  it('hands what the annotator has drawn to the adapters of that object', async () => {
    const seen: unknown[] = []
    const backend = quietBackend({
      adapters: [
        toneAdapter({
          predict: (items) =>
            items.map((item) => {
              seen.push(item.context)
              return []
            }),
        }),
      ],
    })
    const drawn = { from_name: 'tone', to_name: 'message', type: 'choices', value: { choices: ['Positive'] } }
    await post(backend, '/predict', predictBody(['x'], TONE, { result: [drawn] }))
    const elsewhere = await post(
      backend,
      '/predict',
      predictBody(['x'], TONE, { result: [{ ...drawn, to_name: 'other' }] }),
    )
    const nothing = await post(backend, '/predict', predictBody(['x'], TONE, {}))
    expect(seen).toEqual([{ results: [drawn], prompts: [] }])
    expect(elsewhere.body).toMatchObject({ results: [{ result: [] }] })
    expect(nothing.body).toMatchObject({ results: [{ result: [] }] })
  })

  it('takes the config of the last /setup, or its own, when the request brings none', async () => {
    const without = { ...predictBody(['happy']), label_config: undefined }
    const bare = quietBackend()
    expect(await post(bare, '/predict', without)).toMatchObject({
      status: 400,
      body: { error: { code: 'config-missing' } },
    })
    await post(bare, '/setup', { project: '1.1795299628', schema: TONE })
    expect((await post(bare, '/predict', without)).body).toMatchObject({ results: [positive] })
    expect((await post(quietBackend({ config: TONE }), '/predict', without)).body).toMatchObject({
      results: [positive],
    })
  })

  it('stores nothing for tasks of a config that no adapter fills', async () => {
    const config =
      '<View><Image name="i" value="$image"/><RectangleLabels name="r" toName="i"><Label value="A"/></RectangleLabels></View>'
    const { body } = await post(quietBackend(), '/predict', predictBody(['a', 'b'], config))
    expect(body).toMatchObject({ results: [[], []], errors: [{ code: 'nothing-bound' }, { code: 'nothing-bound' }] })
  })

  it('refuses a config that Label Studio would refuse, with every issue', async () => {
    const { status, body } = await post(quietBackend(), '/predict', predictBody(['a'], '<View><Choices'))
    expect(status).toBe(400)
    expect(body).toMatchObject({ error: { code: 'invalid-config', issues: [{ severity: 'error' }] } })
  })
})

describe('a body', () => {
  it.each([
    ['begins with a byte order mark', `\uFEFF${JSON.stringify(predictBody(['happy']))}`, {}],
    ['is encoded as Identity', predictBody(['happy']), { 'content-encoding': 'Identity' }],
    ['has an empty content-encoding', predictBody(['happy']), { 'content-encoding': '' }],
    ['has params without context', { ...predictBody(['happy']), params: {} }, {}],
  ])('that %s is taken', async (_, body, headers) => {
    expect(await post(quietBackend(), '/predict', body, { headers })).toMatchObject({
      status: 200,
      body: { results: [positive] },
    })
  })
})

describe('/setup', () => {
  it('answers before the model is there, and loads it in the background', async () => {
    let loaded = () => {}
    const started = new Promise<void>((resolve) => {
      loaded = resolve
    })
    const never = new Promise<void>(() => undefined)
    const backend = quietBackend({
      adapters: [
        toneAdapter({
          load: () => {
            loaded()
            return never
          },
        }),
      ],
    })
    const { status, body } = await post(backend, '/setup', { project: '1.1', schema: TONE, extra_params: { k: 'v' } })
    expect(status).toBe(200)
    expect(body).toEqual({ model_version: expect.stringMatching(/^tone-[0-9a-f]{8}$/) })
    await started
  })

  it('answers for a config with nothing to fill, as a new project has', async () => {
    const { status, body } = await post(quietBackend(), '/setup', { project: '1.1', schema: '<View></View>' })
    expect(status).toBe(200)
    expect(body).toEqual({ model_version: expect.stringMatching(/^unbound-/) })
  })

  it('gives up on models that cannot be inspected in time, and says so', async () => {
    const adapter = { ...toneAdapter(), inspect: () => new Promise<never>(() => undefined) }
    const backend = quietBackend({ adapters: [adapter], limits: { setupMs: 5 } })
    const { status, body, headers } = await post(backend, '/setup', { project: '1.1', schema: TONE })
    expect(status).toBe(503)
    expect(headers.get('retry-after')).toBe('5')
    expect(body).toMatchObject({ error: { code: 'setup-slow' } })
  })

  it('finds the models inspected, which begins with the first request of any route', async () => {
    const inspect = vi.fn(() => ({}))
    const backend = quietBackend({ adapters: [toneAdapter({ inspect })] })
    await get(backend, '/health')
    expect(inspect).toHaveBeenCalledOnce()
    await post(backend, '/setup', { project: '1.1', schema: TONE })
    expect(inspect).toHaveBeenCalledOnce()
  })
})

describe('probes', () => {
  it('is alive without a model', async () => {
    const backend = quietBackend({ name: 'mine' })
    for (const path of ['/', '/health']) {
      expect(await get(backend, path)).toMatchObject({ status: 200, body: { status: 'UP', model_class: 'mine' } })
    }
  })

  it('is ready when every model is loaded, and loads them when asked', async () => {
    let open = () => {}
    const backend = quietBackend({
      adapters: [
        toneAdapter({
          load: () =>
            new Promise<void>((resolve) => {
              open = resolve
            }),
        }),
      ],
    })
    expect(await get(backend, '/ready')).toMatchObject({ status: 503, body: { error: { code: 'not-ready' } } })
    open()
    await backend.predict([{ data: { text: 'x' } }], { config: TONE })
    expect(await get(backend, '/ready')).toMatchObject({
      status: 200,
      body: { status: 'ready', adapters: { tone: 'ready' } },
    })
  })
})

describe('a model that cannot be loaded', () => {
  it('makes /ready say so, and why, and is not loaded again at each question', async () => {
    vi.useFakeTimers({ toFake: ['Date'] })
    onTestFinished(() => void vi.useRealTimers())
    let loads = 0
    const load = () => {
      loads++
      throw new Error('no such opset,\nat https://models.test/a.onnx?token=abc')
    }
    const backend = quietBackend({ adapters: [toneAdapter({ load })] })
    await expect(backend.load()).rejects.toMatchObject({ code: 'adapter-load-failed' })
    for (const _ of [1, 2, 3]) {
      const { status, body } = await get(backend, '/ready')
      expect(status).toBe(503)
      expect(body).toMatchObject({
        error: {
          code: 'not-ready',
          message: expect.stringMatching(/^not loaded: tone \(failed: .*no such opset, at /),
        },
      })
      expect(JSON.stringify(body)).not.toContain('abc')
    }
    expect(loads).toBe(1)
    vi.setSystemTime(Date.now() + 60_000)
    expect((await get(backend, '/ready')).status).toBe(503)
    expect(loads).toBe(2)
  })
})

describe('the lesser routes', () => {
  it('/versions lists the model versions at hand', async () => {
    const backend = quietBackend()
    expect((await get(backend, '/versions')).body).toEqual({ versions: [] })
    const setup = await post(backend, '/setup', { project: '1.1', schema: TONE })
    expect((await get(backend, '/versions')).body).toEqual({
      versions: [(setup.body as { model_version: string }).model_version],
    })
  })

  it('/versions lists no deleted project, and no config that was only asked about', async () => {
    const backend = quietBackend()
    const { body } = await post(backend, '/setup', { project: '1.1', schema: TONE })
    await post(backend, '/setup', { project: '2.1', schema: TONE.replace('Negative', 'Neutral') })
    await post(backend, '/validate', { config: TONE.replace('Negative', 'Bad') })
    await post(backend, '/delete', { project: '2.1' })
    expect((await get(backend, '/versions')).body).toEqual({ versions: [Object(body).model_version] })
  })

  it('/versions lists the copy of a project', async () => {
    const backend = quietBackend()
    const { body } = await post(backend, '/setup', { project: '1.1', schema: TONE })
    await post(backend, '/duplicate_model', { project_src: '1', project_dst: '2' })
    await post(backend, '/delete', { project: '1.1' })
    expect((await get(backend, '/versions')).body).toEqual({ versions: [Object(body).model_version] })
  })

  it('/validate says what is wrong with a config, or who fills it', async () => {
    const backend = quietBackend()
    expect((await post(backend, '/validate', { config: '<View>' })).body).toMatchObject({
      status: 'failed',
      issues: [{ severity: 'error' }],
    })
    expect((await post(backend, '/validate', { config: TONE })).body).toMatchObject({
      status: 'ok',
      controls: [{ control: 'tone', filledBy: [{ adapter: 'tone' }] }],
    })
  })

  it('/delete and /duplicate_model forget and copy what is known of a project', async () => {
    const backend = quietBackend()
    const ask = async (project: string) =>
      (await post(backend, '/predict', { ...predictBody(['happy']), label_config: undefined, project })).status
    await post(backend, '/setup', { project: '1.1', schema: TONE })
    expect((await post(backend, '/duplicate_model', { project_src: '1.1', project_dst: '2.2' })).body).toEqual({
      status: 'ok',
    })
    expect(await ask('2.2')).toBe(200)
    expect((await post(backend, '/delete', { project: '2.2' })).body).toEqual({ status: 'ok' })
    expect(await ask('2.2')).toBe(400)
    expect(await ask('1.1')).toBe(200)
  })

  it('answers 404 and 405 with what there is', async () => {
    const backend = quietBackend()
    expect(await get(backend, '/nothing')).toMatchObject({ status: 404, body: { error: { code: 'route-unknown' } } })
    const wrong = await get(backend, '/predict')
    expect(wrong).toMatchObject({ status: 405, body: { error: { code: 'method-wrong', hint: 'Send a POST.' } } })
    expect(wrong.headers.get('allow')).toBe('POST')
    const posted = await post(backend, '/', {})
    expect(posted).toMatchObject({ status: 405, body: { error: { message: '/ is asked with GET' } } })
    expect(posted.headers.get('allow')).toBe('GET, HEAD')
  })

  it('are logged with their path and the number of tasks', async () => {
    const { logger, entries } = recordingLogger()
    const backend = quietBackend({ logger })
    await post(backend, '/predict?token=secret', predictBody(['happy', 'sad']))
    expect(entries).toContainEqual({
      level: 'debug',
      message: 'answered',
      fields: expect.objectContaining({ route: 'predict', path: '/predict', status: 200, tasks: 2 }),
    })
  })

  it('stands under a base path', async () => {
    const backend = quietBackend({ basePath: '/api/ml' })
    expect((await get(backend, '/api/ml/health')).status).toBe(200)
    expect((await get(backend, '/api/ml')).status).toBe(200)
    expect((await get(backend, '/health')).status).toBe(404)
    expect((await get(backend, '/api/mlhealth')).status).toBe(404)
  })
})
