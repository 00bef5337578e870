import type { IncomingMessage } from 'node:http'
import type { AbortSource } from '../../cancellation.js'
import { PrelabelError } from '../../errors.js'
import type { Incoming } from '../http/exchange.js'
import { bodyTooLarge } from '../http/read-json.js'

/** A request of node:http or of a framework on top of it: `body` is there when a parser ran before. */
export type NodeRequest = IncomingMessage & { readonly body?: unknown }

/**
 * A request of node:http as the routes see it. `url` is used as the mount left it, so the prefix of an Express mount is
 * gone.
 */
export function incomingOf(message: NodeRequest, signal: AbortSource): Incoming {
  return {
    method: message.method ?? 'GET',
    path: pathOf(message.url ?? '/'),
    header(name) {
      const value = message.headers[name]
      return Array.isArray(value) ? value.join(', ') : value
    },
    signal,
    readText: (limit) => readText(message, limit),
  }
}

function pathOf(url: string): string | undefined {
  if (url.startsWith('/')) return url.split(/[?#]/, 1)[0] ?? '/'
  return URL.canParse(url) ? new URL(url).pathname : undefined
}

/** A body that was read before (`express.json()`, `express.raw()`) is taken as it is, since its stream is at its end. */
async function readText(message: NodeRequest, limit: number): Promise<string> {
  const { body } = message
  if (body !== undefined && message.readableEnded) return textOf(body)
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    let bytes = 0
    const onClose = () => reject(cutOff())
    message.on('data', (chunk: Buffer) => {
      bytes += chunk.byteLength
      if (bytes <= limit) {
        chunks.push(chunk)
        return
      }
      message.removeAllListeners('data').pause()
      reject(bodyTooLarge(limit))
    })
    message.once('close', onClose)
    message.once('end', () => {
      message.removeListener('close', onClose)
      resolve(Buffer.concat(chunks).toString('utf8'))
    })
  })
}

function textOf(body: unknown): string {
  if (typeof body === 'string') return body
  return Buffer.isBuffer(body) ? body.toString('utf8') : JSON.stringify(body)
}

function cutOff(): PrelabelError {
  return new PrelabelError('the client went before the body was there', {
    code: 'body-cut-off',
    status: 400,
    hint: 'Look for a proxy with a short time-out, or with a bound on bodies.',
  })
}
