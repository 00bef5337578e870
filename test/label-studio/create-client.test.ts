import type { IncomingMessage, ServerResponse } from 'node:http'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { z } from 'zod'
import { createLabelStudioClient } from '../../src/label-studio/index.js'
import { bodyOf, jwt, serve } from '../media/serve.js'

const TOKEN = 'ab'.repeat(20)

afterEach(() => void vi.useRealTimers())

function sendJson(response: ServerResponse, value: unknown, status = 200) {
  return response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value))
}

async function clientFor(answer: (request: IncomingMessage, response: ServerResponse) => unknown, token = TOKEN) {
  const server = await serve(answer)
  return { server, client: createLabelStudioClient({ url: `${server.origin}/annotate/`, token }) }
}

const task = (id: number) => ({ id, data: { text: `task ${id}` }, annotations: [], predictions: [], extra: true })

describe('the client', () => {
  it('joins its calls to the path prefix and sends the token', async () => {
    const { client, server } = await clientFor((_, response) => sendJson(response, { release: '1.23.2' }))
    expect(await client.version()).toBe('1.23.2')
    expect(server.seen).toEqual([{ method: 'GET', url: '/annotate/api/version', authorization: `Token ${TOKEN}` }])
  })

  it('exchanges a personal access token, and again when the access token is refused', async () => {
    let issued = 0
    const { client, server } = await clientFor(
      (request, response) => {
        if (request.url?.endsWith('/api/token/refresh')) {
          return sendJson(response, { access: jwt({ token_type: 'access', jti: ++issued }) })
        }
        const isCurrent = request.headers.authorization === `Bearer ${jwt({ token_type: 'access', jti: 2 })}`
        return isCurrent ? sendJson(response, { release: '1.23.2' }) : response.writeHead(401).end()
      },
      jwt({ token_type: 'refresh' }),
    )
    expect(await client.version()).toBe('1.23.2')
    expect(server.seen).toHaveLength(4)
  })

  describe('reads tasks', () => {
    /** Pages as Label Studio does: of what it has at the time, behind the filter. */
    async function withTasks(count: number) {
      const stored = new Set(Array.from({ length: count }, (_, index) => index + 1))
      const { client, server } = await clientFor((request, response) => {
        const { pathname, searchParams } = new URL(request.url ?? '', 'http://x')
        if (request.method === 'DELETE') {
          stored.delete(Number(pathname.split('/').at(-1)))
          return response.writeHead(204).end()
        }
        const { filters, ordering } = filterSchema.parse(JSON.parse(searchParams.get('query') ?? ''))
        const rest = [...stored].filter((id) => id > filters.items[0].value).sort((a, b) => a - b)
        expect(ordering).toEqual(['tasks:id'])
        const tasks = rest.slice(0, Number(searchParams.get('page_size'))).map(task)
        return sendJson(response, { tasks, total: rest.length })
      })
      return { client, server, stored }
    }
    const filterSchema = z.object({
      filters: z.object({
        conjunction: z.literal('and'),
        items: z.tuple([
          z.object({
            filter: z.literal('filter:tasks:id'),
            operator: z.literal('greater'),
            type: z.literal('Number'),
            value: z.int(),
          }),
        ]),
      }),
      ordering: z.array(z.string()),
    })

    it('page by page, as they are needed', async () => {
      const { client, server } = await withTasks(6)
      const ids: number[] = []
      for await (const { id } of client.tasks.list(1, { pageSize: 2 })) {
        ids.push(id)
        if (id === 3) expect(server.seen).toHaveLength(2)
      }
      expect(ids).toEqual([1, 2, 3, 4, 5, 6])
      expect(server.seen).toHaveLength(3)
    })

    it.each([1, 2])('and skips none when every %i. is deleted meanwhile', async (step) => {
      const { client } = await withTasks(20)
      const ids: number[] = []
      for await (const { id } of client.tasks.list(1, { pageSize: 5 })) {
        ids.push(id)
        if (id % step === 0) await client.tasks.delete(id)
      }
      expect(ids).toEqual(Array.from({ length: 20 }, (_, index) => index + 1))
    })

    it('of a project that is not there with an error', async () => {
      const { client } = await clientFor((_, response) => response.writeHead(404).end())
      const next = client.tasks.list(1)[Symbol.asyncIterator]().next()
      await expect(next).rejects.toMatchObject({ code: 'label-studio-not-found' })
    })
  })

  it('imports predictions in chunks', async () => {
    const sizes: number[] = []
    const { client } = await clientFor(async (request, response) => {
      const { length } = JSON.parse(await bodyOf(request))
      sizes.push(length)
      return sendJson(response, { created: length }, 201)
    })
    async function* many() {
      for (let id = 1; id <= 25; id++) yield { task: id, result: [] }
    }
    expect(await client.predictions.importAll(1, many(), { chunkSize: 10 })).toBe(25)
    expect(sizes).toEqual([10, 10, 5])
  })

  it('streams an export', async () => {
    const { client, server } = await clientFor((_, response) => response.end('[1,2]'))
    const parts: Uint8Array[] = []
    for await (const part of await client.projects.export(1, 'JSON', { onlyFinished: false })) parts.push(part)
    expect(Buffer.concat(parts).toString()).toBe('[1,2]')
    expect(server.seen[0]?.url).toBe('/annotate/api/projects/1/export?exportType=JSON&download_all_tasks=true')
  })
})

describe('an export', () => {
  /** `count` chunks of a byte, one each time the reader has taken the one before; then `end`. */
  const inChunks = (count: number, end: (response: ServerResponse) => void) =>
    clientFor((_, response) => {
      let sent = 0
      const next = () => (sent++ < count ? response.write('x', () => setTimeout(next, 50)) : end(response))
      next()
    })
  const read = async (chunks: AsyncIterable<Uint8Array>) => {
    let bytes = 0
    for await (const chunk of chunks) bytes += chunk.length
    return bytes
  }

  it('may take longer in all than from chunk to chunk', async () => {
    let answer: ServerResponse | undefined
    const { client } = await clientFor((_, response) => {
      answer = response
      response.flushHeaders()
    })
    const chunks = await client.projects.export(1, 'JSON')
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    const reader = chunks[Symbol.asyncIterator]()
    for (const text of ['a', 'b', 'c']) {
      const next = reader.next()
      await vi.advanceTimersByTimeAsync(50_000)
      answer?.write(text)
      expect(await next).toEqual({ done: false, value: new Uint8Array(Buffer.from(text)) })
    }
    answer?.end()
    expect(await reader.next()).toMatchObject({ done: true })
  })

  it('that breaks off or goes silent is told of', async () => {
    const broken = await inChunks(2, (response) => void response.destroy())
    await expect(read(await broken.client.projects.export(1, 'JSON'))).rejects.toMatchObject({
      code: 'label-studio-unreachable',
      message: expect.stringContaining('no rest of the answer from'),
    })
    const silent = await inChunks(1, () => {})
    const chunks = await silent.client.projects.export(1, 'JSON')
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    const told = expect(read(chunks)).rejects.toMatchObject({
      code: 'label-studio-unreachable',
      message: expect.stringContaining('no rest of the answer in time'),
    })
    // Twice its time, which begins anew when the chunk comes.
    await vi.advanceTimersByTimeAsync(120_000)
    await told
  })

  it('ends with its signal', async () => {
    const { client } = await inChunks(1, () => {})
    const leaving = new AbortController()
    const reading = read(await client.projects.export(1, 'JSON', { signal: leaving.signal }))
    leaving.abort()
    await expect(reading).rejects.toMatchObject({ code: 'label-studio-aborted' })
  })
})

describe('trying again', () => {
  const failing = (times: number, status: number, headers = {}) => {
    let calls = 0
    return clientFor((_, response) =>
      ++calls <= times
        ? response.writeHead(status, { 'retry-after': '0', ...headers }).end()
        : sendJson(response, { release: 'x' }),
    )
  }

  it.each([429, 502, 503, 504])('is done for a GET after %i', async (status) => {
    const { client, server } = await failing(2, status)
    expect(await client.version()).toBe('x')
    expect(server.seen).toHaveLength(3)
  })

  it.each([400, 401, 403, 404, 500])('is not done after %i', async (status) => {
    const { client, server } = await failing(9, status)
    await expect(client.version()).rejects.toMatchObject({ code: expect.stringMatching(/^label-studio-/) })
    expect(server.seen).toHaveLength(1)
  })

  it('comes to an end', async () => {
    const { client, server } = await failing(9, 503)
    await expect(client.version()).rejects.toMatchObject({ code: 'label-studio-failed' })
    expect(server.seen).toHaveLength(4)
  })

  it('is done for a POST only when it was not taken in', async () => {
    const busy = await failing(1, 503)
    await expect(busy.client.mlBackends.train(1)).rejects.toMatchObject({ code: 'label-studio-failed' })
    expect(busy.server.seen).toHaveLength(1)
    const limited = await failing(1, 429)
    await limited.client.mlBackends.train(1)
    expect(limited.server.seen).toHaveLength(2)
  })

  it.each([502, 429])('is done for the exchange of a token, even before a POST, after %i', async (status) => {
    let calls = 0
    const { client, server } = await clientFor(
      (request, response) => {
        if (!request.url?.endsWith('/api/token/refresh')) return sendJson(response, {})
        return ++calls === 1
          ? response.writeHead(status, { 'retry-after': '0' }).end('<html>')
          : sendJson(response, { access: jwt({ token_type: 'access' }) })
      },
      jwt({ token_type: 'refresh' }),
    )
    await client.mlBackends.train(1)
    expect(server.seen).toHaveLength(3)
  })

  it.each([
    ['breaks off', (response: ServerResponse) => void response.write('{"rel', () => response.destroy())],
    ['does not come', (response: ServerResponse) => void response.destroy()],
  ])('is done for an answer that %s', async (_, fail) => {
    let calls = 0
    const answer = (__: IncomingMessage, response: ServerResponse) =>
      ++calls === 1 ? fail(response.writeHead(200, { 'content-length': '99' })) : sendJson(response, { release: 'x' })
    expect(await (await clientFor(answer)).client.version()).toBe('x')
    calls = 0
    await expect((await clientFor(answer)).client.mlBackends.list(1)).rejects.toMatchObject({
      code: 'label-studio-answer',
    })
  })

  it('takes what is gone at the second try for deleted', async () => {
    let calls = 0
    const answer = (_: IncomingMessage, response: ServerResponse) =>
      ++calls === 1 ? response.destroy() : response.writeHead(404).end()
    await (await clientFor(answer)).client.tasks.delete(1)
    expect(calls).toBe(2)
    await expect((await clientFor(answer)).client.tasks.delete(1)).rejects.toMatchObject({
      code: 'label-studio-not-found',
    })
  })

  it('is not waited for longer than a minute', async () => {
    for (const wait of ['61', new Date(Date.now() + 90_000).toUTCString()]) {
      const { client, server } = await failing(9, 429, { 'retry-after': wait })
      await expect(client.version()).rejects.toMatchObject({
        code: 'label-studio-busy',
        hint: expect.stringMatching(/wait \d+ s/),
      })
      expect(server.seen).toHaveLength(1)
    }
  })

  it('is left when nobody waits', async () => {
    const leaving = new AbortController()
    const { client, server } = await clientFor((_, response) => {
      response.writeHead(503, { 'retry-after': '20' }).end()
      leaving.abort()
    })
    const call = client.api.send({ path: '/api/version', signal: leaving.signal })
    await expect(call).rejects.toMatchObject({ code: 'label-studio-aborted' })
    expect(server.seen).toHaveLength(1)
  })
})

describe('what goes wrong is told', () => {
  it('with the reason that Label Studio gives, without the token', async () => {
    const body = { detail: 'Validation error', validation_errors: { label_config: ['no element found'] } }
    const { client } = await clientFor((_, response) => sendJson(response, body, 400))
    await expect(client.projects.create({ title: 'x' })).rejects.toMatchObject({
      code: 'label-studio-refused',
      message: 'POST /api/projects answered 400: Validation error {"label_config":["no element found"]}',
    })
  })

  it.each([
    [400, 'label-studio-token'],
    [401, 'label-studio-token'],
    [403, 'label-studio-token'],
    [404, 'label-studio-not-found'],
    [429, 'label-studio-busy'],
    [500, 'label-studio-failed'],
    [503, 'label-studio-failed'],
    [200, 'label-studio-answer'],
  ])('of the exchange of a token: %i as %s', async (status, code) => {
    const { server } = await clientFor((_, response) => response.writeHead(status).end('<html>'))
    const client = createLabelStudioClient({ url: server.origin, token: jwt({ token_type: 'refresh' }), retries: 0 })
    await expect(client.version()).rejects.toMatchObject({ code })
  })

  it('with the kind of token that was refused', async () => {
    const { client } = await clientFor((_, response) => sendJson(response, { detail: `Invalid token ${TOKEN}` }, 401))
    const error = await client.version().catch((error: unknown) => error)
    expect(String(error)).toContain('a legacy token was sent')
    expect(String(error)).not.toContain(TOKEN)
  })

  it('with the switches that let a private address in', async () => {
    const detail = 'URL resolves to a reserved network address (block: 127.0.0.0/8)'
    const { client } = await clientFor((_, response) => sendJson(response, { detail }, 403))
    await expect(client.mlBackends.connect({ project: 1, url: 'http://127.0.0.1:9090' })).rejects.toMatchObject({
      code: 'label-studio-forbidden',
      hint: expect.stringContaining('ML_BLOCK_LOCAL_IP=false'),
    })
  })

  it('when the answer is not what was expected', async () => {
    const { client } = await clientFor((_, response) => response.end('<html>'))
    await expect(client.version()).rejects.toMatchObject({ code: 'label-studio-answer' })
  })

  it('when the URL is that of a redirect, which is not followed', async () => {
    const answer = (_: IncomingMessage, response: ServerResponse) =>
      response.writeHead(301, { location: 'https://ls.example/annotate/api/version' }).end()
    for (const token of [TOKEN, jwt({ token_type: 'refresh' })]) {
      const { client } = await clientFor(answer, token)
      await expect(client.version()).rejects.toMatchObject({
        code: 'label-studio-redirect',
        message: expect.stringContaining('https://ls.example'),
        hint: expect.stringMatching(/Give the URL .*(, https:\/\/ls.example\/annotate)?: often https/),
      })
    }
  })

  it('when nobody answers', async () => {
    const client = createLabelStudioClient({ url: 'http://127.0.0.1:2', token: TOKEN, retries: 0 })
    await expect(client.version()).rejects.toMatchObject({ code: 'label-studio-unreachable' })
  })

  it.each([404, 409, 422])('with a hint also where Label Studio gives no reason: %i', async (status) => {
    const { client } = await clientFor((_, response) => response.writeHead(status).end())
    await expect(client.version()).rejects.toMatchObject({ hint: expect.stringMatching(/Check/) })
  })

  it('when there is no token, with where to find one', () => {
    for (const token of ['', ' \n']) {
      expect(() => createLabelStudioClient({ url: 'http://x', token })).toThrow(
        expect.objectContaining({
          code: 'label-studio-options',
          path: 'createLabelStudioClient.token',
          hint: expect.stringContaining('Account & Settings'),
        }),
      )
    }
  })

  it('when the URL or an option is wrong', () => {
    expect(() => createLabelStudioClient({ url: 'localhost:8080', token: TOKEN })).toThrow(/not the URL/)
    expect(() => createLabelStudioClient({ url: 'http://x', token: TOKEN, retries: -1 })).toThrow(/retries/)
    const slip: object = { retrys: 1 }
    expect(() => createLabelStudioClient({ url: 'http://x', token: TOKEN, ...slip })).toThrow(
      expect.objectContaining({
        code: 'label-studio-options',
        message: expect.stringContaining('.retrys: no such option'),
      }),
    )
  })
})
