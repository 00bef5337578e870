import type { ServerResponse } from 'node:http'
import { createCancellation } from '../../cancellation.js'
import type { Exchange, Outgoing } from '../http/exchange.js'
import { incomingOf, type NodeRequest } from './incoming-message.js'

/** A listener of node:http, and middleware of Express. */
export type NodeHandler = (request: NodeRequest, response: ServerResponse) => Promise<void>

/**
 * Mounts a backend where requests come as node:http makes them.
 *
 * @example
 * createServer(toNodeHandler(backend))
 * app.use('/ml', toNodeHandler(backend)) // Express, before express.json(), which takes no more than 100 kB
 */
export function toNodeHandler({ exchange }: { readonly exchange: Exchange }): NodeHandler {
  return async (message, response) => {
    const left = createCancellation()
    // Whatever ran before may have taken longer than the client waited, and then no event tells of it any more.
    if (response.destroyed || message.socket.destroyed) left.abort()
    response.once('close', () => {
      if (!response.writableFinished) left.abort()
    })
    send(await exchange(incomingOf(message, left)), message, response)
  }
}

function send(
  { status, headers, body, isLast = false }: Outgoing,
  message: NodeRequest,
  response: ServerResponse,
): void {
  // Somebody else may have answered, such as a middleware that bounds the time.
  if (response.destroyed || response.headersSent) return
  const length = { 'content-length': Buffer.byteLength(body) }
  // A body that was not read to its end would be taken for the next request.
  const connection = isLast || !message.complete ? { connection: 'close' } : {}
  response.writeHead(status, { ...headers, ...length, ...connection })
  response.end(message.method === 'HEAD' ? undefined : body)
}
