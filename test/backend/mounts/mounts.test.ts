/** One real socket for each place in which a backend is mounted. */

import {
  createServer,
  request as httpRequest,
  type IncomingMessage,
  type RequestListener,
  type Server,
} from 'node:http'
import { buffer, text } from 'node:stream/consumers'
import express from 'express'
import fastify, { type FastifyServerOptions } from 'fastify'
import { Hono } from 'hono'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { type Backend, fastifyPlugin, toNodeHandler } from '../../../src/backend/index.js'
import { predictBody, quietBackend, TONE, toneAdapter } from '../harness.js'

const closers: (() => Promise<unknown> | unknown)[] = []
afterEach(async () => {
  for (const close of closers.splice(0)) await close()
})

async function serve(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  closers.push(() => {
    server.closeAllConnections()
    server.close()
  })
  const address = server.address()
  return address !== null && typeof address === 'object' ? `http://127.0.0.1:${address.port}` : ''
}

/** What servers of the web standard do on top of node:http. */
function asNode(fetch: (request: Request) => Response | Promise<Response>): RequestListener {
  return async (message, response) => {
    const { method = 'GET', url = '/', headers } = message
    const body = await buffer(message)
    const init = method === 'GET' ? {} : { body, headers: { 'content-type': headers['content-type'] ?? '' } }
    const answer = await fetch(new Request(`http://server${url}`, { method, ...init }))
    response.writeHead(answer.status, Object.fromEntries(answer.headers)).end(await answer.text())
  }
}

/** What Label Studio does with a connected model. */
async function expectToServe(url: string): Promise<void> {
  const health = await fetch(`${url}/health`)
  expect(await health.json()).toMatchObject({ status: 'UP' })
  const send = async (path: string, body: unknown) => {
    const headers = { 'content-type': 'application/json' }
    const answer = await fetch(`${url}${path}`, { method: 'POST', headers, body: JSON.stringify(body) })
    return { status: answer.status, body: await answer.json() }
  }
  const setup = await send('/setup', { project: '1.1', schema: TONE })
  expect(setup).toMatchObject({ status: 200, body: { model_version: expect.any(String) } })
  const predict = await send('/predict', predictBody(['happy', 'sad']))
  expect(predict).toMatchObject({ status: 200, body: { results: [setup.body, setup.body] } })
  expect(await send('/nothing', {})).toMatchObject({ status: 404, body: { error: { code: 'route-unknown' } } })
}

describe('a backend answers', () => {
  it('over node:http', async () => {
    await expectToServe(await serve(createServer(toNodeHandler(quietBackend()))))
  })

  it('when it listens itself', async () => {
    const listening = await quietBackend().listen({ port: 0, host: '127.0.0.1', signals: false })
    closers.push(listening.close)
    expect(listening.port).toBeGreaterThan(0)
    await expectToServe(listening.url)
  })

  it('under a prefix of Express', async () => {
    const app = express()
    app.use('/ml', toNodeHandler(quietBackend()))
    await expectToServe(`${await serve(createServer(app))}/ml`)
  })

  it('behind express.json(), which has read the body', async () => {
    const app = express()
    app.use(express.json())
    app.use('/deep/ml', toNodeHandler(quietBackend()))
    await expectToServe(`${await serve(createServer(app))}/deep/ml`)
  })

  it.each([
    ['before express.json()', []],
    ['behind an express.json() that takes as much as it does', [express.json({ limit: '64mb' })]],
    ['behind express.raw()', [express.raw({ type: '*/*', limit: '64mb' })]],
    ['behind express.text()', [express.text({ type: '*/*', limit: '64mb' })]],
  ])('a list of 250 tasks %s', async (_, before) => {
    const app = express()
    app.use(...before, toNodeHandler(quietBackend()))
    app.use(express.json())
    const url = await serve(createServer(app))
    const texts = Array.from({ length: 250 }, (_, index) => `happy ${index} ${'x'.repeat(1000)}`)
    const answer = await fetch(`${url}/predict`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(predictBody(texts)),
    })
    expect(answer.status).toBe(200)
    expect(await answer.json()).toMatchObject({ results: texts.map(() => ({ result: [{}] })) })
  })

  it('as a plugin of Fastify, whose own parsers stay as they are', async () => {
    const app = fastify()
    app.post('/own', (request) => ({ body: request.body }))
    await app.register(fastifyPlugin(quietBackend()), { prefix: '/ml' })
    closers.push(() => app.close())
    const url = await app.listen({ port: 0, host: '127.0.0.1' })
    await expectToServe(`${url}/ml`)
    const own = await fetch(`${url}/own`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"a":1}',
    })
    expect(await own.json()).toEqual({ body: { a: 1 } })
  })

  it('as a plugin of Fastify in another one', async () => {
    const app = fastify()
    await app.register(
      async (version) => {
        await version.register(fastifyPlugin(quietBackend()), { prefix: '/ml' })
      },
      { prefix: '/v1' },
    )
    closers.push(() => app.close())
    await expectToServe(`${await app.listen({ port: 0, host: '127.0.0.1' })}/v1/ml`)
  })

  it.each<[string, FastifyServerOptions, string, string]>([
    ['with parameters', {}, '/t/:tenant/ml', '/t/acme/ml'],
    ['that stands in the URL in another way', {}, '/möl', '/m%C3%B6l'],
    ['with slashes to spare', { routerOptions: { ignoreDuplicateSlashes: true } }, '/ml', '//ml'],
    ['in another case', { routerOptions: { caseSensitive: false } }, '/ML', '/ml'],
    ['of no length', {}, '', ''],
  ])('as a plugin of Fastify under a prefix %s', async (_, options, prefix, asked) => {
    const app = fastify(options)
    await app.register(fastifyPlugin(quietBackend()), { prefix })
    closers.push(() => app.close())
    const url = await app.listen({ port: 0, host: '127.0.0.1' })
    await expectToServe(`${url}${asked}`)
    expect((await fetch(`${url}${asked}/`)).status).toBe(200)
  })

  it('mounted in Hono', async () => {
    const app = new Hono().mount('/ml', quietBackend().fetch)
    await expectToServe(`${await serve(createServer(asNode((request) => app.fetch(request))))}/ml`)
  })

  it('as route handlers of Next, which leave the path whole', async () => {
    const backend = quietBackend({ basePath: '/api/ml' })
    const route = { GET: backend.fetch, POST: backend.fetch }
    const next = (request: Request) => (request.method === 'GET' ? route.GET(request) : route.POST(request))
    await expectToServe(`${await serve(createServer(asNode(next)))}/api/ml`)
  })
})

/** As Cloudflare's: its method wants to be called on it. */
class WorkerContext {
  readonly props = {}
  readonly #works: Promise<unknown>[] = []

  waitUntil(work: Promise<unknown>): void {
    this.#works.push(work)
  }

  passThroughOnException(): void {}

  async settle(): Promise<void> {
    await Promise.all(this.#works)
  }
}

describe('a worker', () => {
  it.each([
    ['directly', (backend: Backend) => backend],
    ['under Hono', (backend: Backend) => new Hono().mount('/', backend.fetch)],
  ])('that serves the backend %s is kept until background work is done', async (_, mount) => {
    const loaded = vi.fn()
    const learnt = vi.fn()
    const { fetch } = mount(
      quietBackend({
        adapters: [toneAdapter({ load: loaded })],
        async onWebhook() {
          await new Promise((resolve) => setImmediate(resolve))
          learnt()
        },
      }),
    )
    const context = new WorkerContext()
    const send = async (path: string, body: unknown) => {
      const request = new Request(`http://worker${path}`, { method: 'POST', body: JSON.stringify(body) })
      return (await fetch(request, {}, context)).status
    }
    expect(await send('/setup', { project: '1.1', schema: TONE })).toBe(200)
    expect(await send('/webhook', { action: 'PROJECT_UPDATED', project: { id: 1 } })).toBe(201)
    await context.settle()
    expect(loaded).toHaveBeenCalledOnce()
    expect(learnt).toHaveBeenCalledOnce()
  })

  it('passes what it will to a backend that knows nothing of it', async () => {
    const { fetch } = quietBackend()
    for (const context of [undefined, null, 3, {}, { waitUntil: 3 }])
      expect((await fetch(new Request('http://worker/health'), { some: 'env' }, context)).status).toBe(200)
  })
})

describe('node:http', () => {
  it('answers 413 to a body that is too large without reading it to its end, and takes the next request', async () => {
    const url = await serve(createServer(toNodeHandler(quietBackend({ limits: { bodyBytes: 1000 } }))))
    const status = await new Promise<number | undefined>((resolve, reject) => {
      const request = httpRequest(`${url}/predict`, { method: 'POST' }, (response) => {
        resolve(response.statusCode)
        request.destroy()
      })
      request.on('error', reject)
      // Never ended: an answer shows that the rest is not waited for.
      request.write('x'.repeat(5000))
    })
    expect(status).toBe(413)
    expect((await fetch(`${url}/health`)).status).toBe(200)
  })

  it('answers 400 to what is no URL, logs and counts it', async () => {
    const backend = quietBackend()
    const url = await serve(createServer(toNodeHandler(backend)))
    const response = await new Promise<IncomingMessage>((resolve, reject) => {
      const options = { path: 'http://[', method: 'GET', headers: { 'x-request-id': 'abc-1' } }
      httpRequest(url, options, resolve).once('error', reject).end()
    })
    expect(response.statusCode).toBe(400)
    expect(response.headers['x-request-id']).toBe('abc-1')
    expect(JSON.parse(await text(response))).toMatchObject({ error: { code: 'url-invalid', hint: expect.any(String) } })
    expect(backend.metrics()).toContain('prelabel_requests_total{route="unknown",status="400"} 1')
  })

  it('tells the adapter when the client goes', async () => {
    const events = new EventTarget()
    const happens = (name: string) => new Promise((resolve) => events.addEventListener(name, resolve, { once: true }))
    const [started, aborted] = [happens('start'), happens('abort')]
    const adapter = toneAdapter({
      async predict(_, signal) {
        events.dispatchEvent(new Event('start'))
        await new Promise((resolve) => signal.addEventListener('abort', resolve))
        events.dispatchEvent(new Event('abort'))
        return [[]]
      },
    })
    const url = await serve(createServer(toNodeHandler(quietBackend({ adapters: [adapter] }))))
    const client = new AbortController()
    const body = JSON.stringify(predictBody(['x']))
    const answer = fetch(`${url}/predict`, { method: 'POST', body, signal: client.signal })
    await started
    client.abort()
    await expect(answer).rejects.toThrow()
    await aborted
  })
})
