import type { LookupAddress } from 'node:dns'
import { once } from 'node:events'
import { createServer, type Socket } from 'node:net'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createAddressGuard } from '../../src/media/address-guard.js'
import { openConnections } from '../../src/media/guarded-connection.js'
import { serve } from './serve.js'

const init = () => ({ headers: {}, redirect: 'manual' as const, signal: new AbortController().signal })

/** A resolver that answers from a list, one entry for each question. */
function resolver(...answers: LookupAddress[][]) {
  const asked: string[] = []
  return {
    asked,
    lookup: (
      hostname: string,
      _options: object,
      callback: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
    ) => {
      asked.push(hostname)
      callback(null, answers.shift() ?? [])
    },
  }
}

const v4 = (address: string): LookupAddress => ({ address, family: 4 })

describe('a name is judged by the address that is connected to', () => {
  it('so that it cannot lead elsewhere at its second resolution', async () => {
    const server = await serve((_, response) => response.writeHead(200, { connection: 'close' }).end('ok'))
    const { asked, lookup } = resolver([v4('127.0.0.1')], [v4('10.0.0.1')])
    const { guarded, dispose } = openConnections(createAddressGuard(['127.0.0.1']), lookup)
    const url = `http://rebind.test:${server.port}/`
    expect((await guarded(url, init())).status).toBe(200)
    await expect(guarded(url, init())).rejects.toMatchObject({ cause: { code: 'media-address' } })
    expect(asked).toEqual(['rebind.test', 'rebind.test'])
    expect(server.seen).toHaveLength(1)
    await dispose()
  })

  it('and by all of its addresses', async () => {
    const { lookup } = resolver([v4('93.184.216.34'), v4('192.168.0.1')])
    const { guarded, dispose } = openConnections(createAddressGuard([]), lookup)
    await expect(guarded('http://mixed.test/', init())).rejects.toMatchObject({ cause: { code: 'media-address' } })
    await dispose()
  })

  it('and a name without address is an outage', async () => {
    const { lookup } = resolver([])
    const { guarded, dispose } = openConnections(createAddressGuard([]), lookup)
    await expect(guarded('http://nowhere.test/', init())).rejects.toThrow('fetch failed')
    await dispose()
  })
})

describe('a body that is read late', () => {
  it('is there, whole, though the server has closed the connection long before', async () => {
    const body = 'x'.repeat(20_000)
    const server = createServer((socket) => {
      socket.once('data', () =>
        socket.end(`HTTP/1.1 200 OK\r\nContent-Length: ${body.length}\r\nConnection: close\r\n\r\n${body}`),
      )
    }).listen(0, '127.0.0.1')
    onTestFinished(() => void server.close())
    await once(server, 'listening')
    const address = server.address()
    if (address === null || typeof address === 'string') throw new Error('no port')
    const accepted = once(server, 'connection')
    const { guarded, dispose } = openConnections(createAddressGuard(['127.0.0.1']))
    const response = await guarded(`http://127.0.0.1:${address.port}/`, init())
    const [socket]: Socket[] = await accepted
    if (socket?.closed === false) await once(socket, 'close')
    expect(await new Response(response.body).text()).toBe(body)
    await dispose()
  })
})
