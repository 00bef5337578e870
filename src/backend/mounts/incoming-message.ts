import type { IncomingMessage } from 'node:http'
import { PrelabelError } from '../../errors.js'

/** A request of node:http or of a framework on top of it: `body` is there when a parser ran before. */
export type NodeRequest = IncomingMessage & { readonly body?: unknown }

/**
 * A web-standard request. A body that was parsed before (`express.json()`) is taken as it is, since its stream is read;
 * any other is streamed, and read no further than whoever reads it wants. `req.url` is used as the mount left it, so
 * the prefix of an Express mount is gone.
 *
 * @throws PrelabelError `url-invalid` (400)
 */
export function incomingMessageToRequest(message: NodeRequest, signal: AbortSignal): Request {
  const { method = 'GET', headers } = message
  const hasBody = method !== 'GET' && method !== 'HEAD'
  return new Request(urlOf(message), {
    method,
    headers: toHeaders(headers),
    signal,
    ...(hasBody ? bodyOf(message) : {}),
  })
}

function urlOf({ url = '/', headers }: NodeRequest): URL {
  const host = headers.host ?? headers[':authority'] ?? 'localhost'
  const text = url.startsWith('/') ? `http://${String(host)}${url}` : url
  if (URL.canParse(text)) return new URL(text)
  throw new PrelabelError('the address of the request is not a URL', { code: 'url-invalid', status: 400 })
}

function toHeaders(given: IncomingMessage['headers']): Headers {
  const headers = new Headers()
  for (const [name, value] of Object.entries(given)) {
    if (name.startsWith(':') || value === undefined) continue
    for (const one of Array.isArray(value) ? value : [value]) headers.append(name, one)
  }
  return headers
}

function bodyOf(message: NodeRequest): { readonly body: ReadableStream<Uint8Array> | string; readonly duplex: 'half' } {
  const { body } = message
  if (body === undefined || !message.readableEnded) return { body: streamOf(message), duplex: 'half' }
  return { body: typeof body === 'string' ? body : JSON.stringify(body), duplex: 'half' }
}

/** Pulls chunk by chunk, so that nothing is buffered beyond what is asked for. */
function streamOf(message: NodeRequest): ReadableStream<Uint8Array> {
  const chunks: AsyncIterator<Uint8Array> = message.iterator({ destroyOnReturn: false })
  const source = {
    async pull(controller: ReadableStreamDefaultController<Uint8Array>) {
      const { done, value } = await chunks.next()
      if (done) controller.close()
      else controller.enqueue(value)
    },
    async cancel() {
      await chunks.return?.()
    },
  }
  return new ReadableStream(source, { highWaterMark: 0 })
}
