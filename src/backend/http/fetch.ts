import type { Exchange, Incoming } from './exchange.js'
import { bodyConsumed, bodyTooLarge } from './read-json.js'

/**
 * A handler of the web standard.
 *
 * @param context work that outlives the answer is given to its `waitUntil`, where it has one, as that of Cloudflare has;
 * what other runtimes pass is not looked at
 */
export type FetchHandler = (request: Request, env?: unknown, context?: unknown) => Promise<Response>

export function toFetch(exchange: Exchange): FetchHandler {
  return async (request, _env, context) => {
    const { status, headers, body } = await exchange(incomingOf(request, context))
    return new Response(request.method === 'HEAD' ? null : body, { status, headers })
  }
}

function incomingOf(request: Request, context: unknown): Incoming {
  return {
    ...(isWaiting(context) ? { waitUntil: (work) => context.waitUntil(work) } : {}),
    method: request.method,
    path: new URL(request.url).pathname,
    header: (name) => request.headers.get(name) ?? undefined,
    signal: request.signal,
    readText: (limit) => readText(request, limit),
  }
}

function isWaiting(context: unknown): context is { waitUntil(work: Promise<unknown>): void } {
  return (
    typeof context === 'object' && context !== null && 'waitUntil' in context && typeof context.waitUntil === 'function'
  )
}

/** Reads by hand: not every runtime can iterate a stream. */
async function readText({ body, bodyUsed }: Request, limit: number): Promise<string> {
  if (bodyUsed) throw bodyConsumed()
  if (body === null) return ''
  const reader = body.getReader()
  const decoder = new TextDecoder()
  let text = ''
  let bytes = 0
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return text + decoder.decode()
    bytes += value.byteLength
    if (bytes > limit) {
      void reader.cancel().catch(() => undefined)
      throw bodyTooLarge(limit)
    }
    text += decoder.decode(value, { stream: true })
  }
}
