import type { IncomingMessage, ServerResponse } from 'node:http'
import { z } from 'zod'
import type { Exchange } from '../http/exchange.js'
import { toNodeHandler } from './node.js'

const wildcard = z.object({ '*': z.string().default('') })

/** The part of a Fastify instance that is used. */
export interface FastifyLike {
  removeAllContentTypeParsers(): void
  addContentTypeParser(
    type: string,
    parse: (request: unknown, payload: unknown, done: (error: null) => void) => void,
  ): unknown
  all(path: string, handle: (request: FastifyRequestLike, reply: FastifyReplyLike) => Promise<void>): unknown
}

export interface FastifyRequestLike {
  readonly raw: IncomingMessage
  /** What the pattern of the route matched, by its names. */
  readonly params: unknown
}

export interface FastifyReplyLike {
  readonly raw: ServerResponse
  hijack(): unknown
}

/**
 * A Fastify plugin. The prefixes of `register` are stripped; Fastify's own body parsers stay as they are elsewhere.
 *
 * @example
 * app.register(fastifyPlugin(backend), { prefix: '/ml' })
 */
export function fastifyPlugin(backend: { readonly exchange: Exchange }) {
  const handle = toNodeHandler(backend)
  return async (app: FastifyLike): Promise<void> => {
    app.removeAllContentTypeParsers()
    app.addContentTypeParser('*', (_, __, done) => done(null))
    const mount = async ({ raw, params }: FastifyRequestLike, reply: FastifyReplyLike) => {
      reply.hijack()
      // What is left of a prefix is not told by its length: it may have parameters, and stand in the URL in another way.
      raw.url = `/${wildcard.parse(params)['*']}`
      await handle(raw, reply.raw)
    }
    app.all('/', mount)
    app.all('/*', mount)
  }
}
