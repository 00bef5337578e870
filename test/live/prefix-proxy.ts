import { createServer, request } from 'node:http'

/** A reverse proxy that has a server of this machine under a path prefix, and passes its paths on without that. */
export interface PrefixProxy {
  /** `http://127.0.0.1:PORT/prefix` */
  readonly url: string
  stop(): void
}

/** @param prefix with its slash: `/ls` */
export async function startPrefixProxy(prefix: string, targetPort: number): Promise<PrefixProxy> {
  const server = createServer((incoming, response) => {
    const { method, headers, url = '' } = incoming
    if (!url.startsWith(`${prefix}/`)) return response.writeHead(404).end()
    const path = url.slice(prefix.length)
    const passedOn = request({ host: '127.0.0.1', port: targetPort, method, headers, path }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers)
      answer.pipe(response)
    })
    passedOn.on('error', () => (response.headersSent ? response.destroy() : response.writeHead(502).end()))
    return incoming.pipe(passedOn)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return {
    url: `http://127.0.0.1:${address.port}${prefix}`,
    stop() {
      server.closeAllConnections()
      server.close()
    },
  }
}
