import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Exchange } from '../http/exchange.js'
import { toNodeHandler } from './node.js'

/** The part of a Fastify instance that is used. */
export interface FastifyLike {
  /** With those of the plugins around it. */
  readonly prefix: string
  removeAllContentTypeParsers(): void
  addContentTypeParser(
    type: string,
    parse: (request: unknown, payload: unknown, done: (error: null) => void) => void,
  ): unknown
  all(
    path: string,
    handle: (request: { readonly raw: IncomingMessage }, reply: FastifyReplyLike) => Promise<void>,
  ): unknown
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
    const mount = async ({ raw }: { readonly raw: IncomingMessage }, reply: FastifyReplyLike) => {
      reply.hijack()
      raw.url = raw.url?.slice(app.prefix.length) ?? '/'
      if (!raw.url.startsWith('/')) raw.url = `/${raw.url}`
      await handle(raw, reply.raw)
    }
    app.all('/', mount)
    app.all('/*', mount)
  }
}
