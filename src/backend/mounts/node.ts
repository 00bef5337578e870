import type { ServerResponse } from 'node:http'
import { errorAnswer } from '../http/answers.js'
import { incomingMessageToRequest, type NodeRequest } from './incoming-message.js'

/** A listener of node:http, and middleware of Express. */
export type NodeHandler = (request: NodeRequest, response: ServerResponse) => Promise<void>

/**
 * Mounts a backend where requests come as node:http makes them.
 *
 * @example
 * createServer(toNodeHandler(backend))
 * app.use('/ml', toNodeHandler(backend)) // Express, before or after express.json()
 */
export function toNodeHandler({ fetch }: { fetch(request: Request): Promise<Response> }): NodeHandler {
  return async (message, response) => {
    const left = new AbortController()
    response.once('close', () => {
      if (!response.writableFinished) left.abort()
    })
    await send(await answer(message, left.signal), message, response)
  }

  async function answer(message: NodeRequest, signal: AbortSignal): Promise<Response> {
    try {
      return await fetch(incomingMessageToRequest(message, signal))
    } catch (error) {
      return errorAnswer(error, crypto.randomUUID())
    }
  }
}

async function send(answer: Response, message: NodeRequest, response: ServerResponse): Promise<void> {
  if (response.destroyed) return
  const body = new Uint8Array(await answer.arrayBuffer())
  const unread = !message.readableEnded && !message.complete
  response.writeHead(answer.status, {
    ...Object.fromEntries(answer.headers),
    'content-length': body.byteLength,
    // A body that was not read to its end would be taken for the next request.
    ...(unread ? { connection: 'close' } : {}),
  })
  await new Promise<void>((resolve) => {
    response.once('close', resolve)
    response.end(message.method === 'HEAD' ? undefined : body, resolve)
  })
}
