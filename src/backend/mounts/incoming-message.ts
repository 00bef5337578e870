import type { IncomingMessage } from 'node:http'
import type { AbortSource } from '../../cancellation.js'
import { PrelabelError } from '../../errors.js'
import type { Incoming } from '../http/exchange.js'
import { bodyConsumed, bodyTooLarge } from '../http/read-json.js'

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
    isDecoded: wasRead(message),
    readText: (limit) => readText(message, limit),
  }
}

function pathOf(url: string): string | undefined {
  if (url.startsWith('/')) return url.split(/[?#]/, 1)[0] ?? '/'
  return URL.canParse(url) ? new URL(url).pathname : undefined
}

/** Whether a parser read the body before (`express.json()`, `express.raw()`), which decompresses it too. */
function wasRead(message: NodeRequest): boolean {
  return message.readableEnded && message.body !== undefined
}

/** A stream that is at its end, or will never come to it, tells nobody so again: it must be looked at before it is read. */
async function readText(message: NodeRequest, limit: number): Promise<string> {
  if (wasRead(message)) return textOf(message.body)
  if (message.readableEnded) throw bodyConsumed()
  if (message.destroyed) throw cutOff()
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
