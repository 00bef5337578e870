/** What ran before the handler: it may have taken its time while the client left, or have read the body. */

import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { gzipSync } from 'node:zlib'
import express, { type RequestHandler } from 'express'
import fastify from 'fastify'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { type Backend, fastifyPlugin, toNodeHandler } from '../../../src/backend/index.js'
import { predictBody, quietBackend, toneAdapter, toneOf } from '../harness.js'

const closers: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closers.splice(0)) await close()
})

async function listening(server: Server): Promise<Server> {
  if (!server.listening) await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  closers.push(() => {
    server.closeAllConnections()
    server.close()
  })
  return server
}

function portOf(server: Server): number {
  const address = server.address()
  return address !== null && typeof address === 'object' ? address.port : 0
}

const BODY = JSON.stringify(predictBody(['happy']))

/** Asks, and leaves once the server has begun with the request. */
async function leave(server: Server, body = BODY): Promise<void> {
  const begun = once(server, 'request')
  const socket = connect(portOf(server), '127.0.0.1')
  socket.write(`POST /predict HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n`)
  socket.write(`Content-Length: ${BODY.length}\r\n\r\n${body}`)
  await begun
  socket.destroy()
}

const requests = (backend: Backend) => backend.metrics().match(/prelabel_requests_total\{.*/g)

/** Goes on once the client has left. */
const untilLeft: RequestHandler = (request, _, next) => void request.socket.once('close', () => next())

const express499 = (backend: Backend, ...before: RequestHandler[]) =>
  createServer(express().use(...before, untilLeft, toNodeHandler(backend)))

const MOUNTS: readonly [string, (backend: Backend) => Server | Promise<Server>][] = [
  ['Express', (backend) => express499(backend)],
  [
    'Fastify',
    async (backend) => {
      const app = fastify({ forceCloseConnections: true })
      app.addHook('preHandler', (request, _, done) => void request.raw.socket.once('close', () => done()))
      await app.register(fastifyPlugin(backend))
      await app.listen({ port: 0, host: '127.0.0.1' })
      return app.server
    },
  ],
  [
    'node:http',
    (backend) => {
      const handle = toNodeHandler(backend)
      return createServer((request, response) => {
        request.socket.once('close', () => void handle(request, response))
      })
    },
  ],
]

describe('a client that left before the handler ran', () => {
  it.each(MOUNTS)('is counted, and keeps nobody waiting: %s', async (_, mount) => {
    const backend = quietBackend()
    const server = await listening(await mount(backend))
    await leave(server)
    await leave(server, BODY.slice(0, 20))
    await expect.poll(() => requests(backend)).toEqual(['prelabel_requests_total{route="predict",status="499"} 2'])
  })

  it('is not predicted for, though its body was read', async () => {
    const predict = vi.fn(() => [[]])
    const backend = quietBackend({ adapters: [toneAdapter({ predict })] })
    await leave(await listening(express499(backend, express.json())))
    await expect.poll(() => requests(backend)).toEqual(['prelabel_requests_total{route="predict",status="499"} 1'])
    expect(predict).not.toHaveBeenCalled()
  })
})

it('is not answered twice where somebody else has begun to answer', async () => {
  const handle = toNodeHandler(quietBackend())
  let handled: Promise<void> | undefined
  const server = createServer((request, response) => {
    response.writeHead(503).write('busy')
    handled = handle(request, response).finally(() => response.end())
  })
  const { status } = await fetch(`http://127.0.0.1:${portOf(await listening(server))}/health`)
  expect(status).toBe(503)
  await expect(handled).resolves.toBeUndefined()
})

describe('a body that was read before', () => {
  const send = async (before: readonly RequestHandler[], body: string | Buffer<ArrayBuffer> = BODY, encoding = '') => {
    const backend = quietBackend({ adapters: [toneAdapter({ predict: (items) => items.map(toneOf) })] })
    const server = await listening(createServer(express().use(...before, toNodeHandler(backend))))
    const headers = { 'content-type': 'application/json', 'content-encoding': encoding }
    const answer = await fetch(`http://127.0.0.1:${portOf(server)}/predict`, { method: 'POST', headers, body })
    return { status: answer.status, body: await answer.json() }
  }
  const lost = { status: 500, body: { error: { code: 'body-consumed', hint: expect.stringContaining('before') } } }

  it.each<[string, readonly RequestHandler[]]>([
    ['by a middleware that keeps it to itself', [(request, _, next) => void text(request).then(() => next())]],
    [
      'and thrown away',
      [
        express.json(),
        (request, _, next) => {
          request.body = undefined
          next()
        },
      ],
    ],
  ])('%s is said to be gone', async (_, before) => {
    expect(await send(before)).toMatchObject(lost)
  })

  it('from a Request is said to be gone', async () => {
    const request = new Request('http://backend/predict', { method: 'POST', body: BODY })
    await request.text()
    const answer = await quietBackend().fetch(request)
    expect({ status: answer.status, body: await answer.json() }).toMatchObject(lost)
  })

  it.each([
    ['express.json()', express.json()],
    ['express.raw()', express.raw({ type: '*/*' })],
  ])('and decompressed by %s is taken', async (_, parser) => {
    expect(await send([parser], gzipSync(BODY), 'gzip')).toMatchObject({ status: 200, body: { results: [{}] } })
  })

  it('by nobody and compressed is refused', async () => {
    expect(await send([], gzipSync(BODY), 'gzip')).toMatchObject({
      status: 415,
      body: { error: { code: 'body-encoded' } },
    })
  })
})
