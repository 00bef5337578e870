import type { Logger } from '../adapters/adapter.js'
import { createAuthorizer } from './auth/authorize.js'
import { authOfEnvironment } from './auth/environment.js'
import type { Core } from './core.js'
import { describeError } from './describe-error.js'
import { errorAnswer, statusOf } from './http/answers.js'
import type { Exchange, Incoming } from './http/exchange.js'
import { readJson } from './http/read-json.js'
import { requestIdOf } from './http/request-id.js'
import { findRoute } from './routes/find-route.js'
import { inSpan } from './tracing.js'

/** Finds the route of a request, lets it answer, and sees to credentials, errors, logs and metrics. */
export function createHandler(core: Core): Exchange {
  const authorize = createAuthorizer(core.options.auth ?? authOfEnvironment())

  async function answer(request: Incoming, requestId: string, logger: Logger, name: (route: string) => void) {
    try {
      const found = findRoute(request, core.options.basePath)
      name(found.name)
      authorize(found.name, request.header)
      return await found.route.answer({
        core,
        request,
        requestId,
        logger,
        authorize: (route) => authorize(route, request.header),
        readBody: () => readJson(request, core.limits),
      })
    } catch (error) {
      const level = statusOf(error) >= 500 ? 'error' : 'warn'
      logger[level]({ err: describeError(error) }, 'request failed')
      return errorAnswer(error, requestId)
    }
  }

  return (request) =>
    inSpan(core.options.tracer, 'prelabel.request', {}, async (span) => {
      const started = performance.now()
      const requestId = requestIdOf(request)
      const logger = new RequestLogger(core.logger, requestId)
      let route = 'unknown'
      const { status, headers, body } = await answer(request, requestId, logger, (name) => {
        route = name
      })
      span?.setAttribute('prelabel.route', route)
      span?.setAttribute('http.response.status_code', status)
      const seconds = (performance.now() - started) / 1000
      core.metrics.requests.add({ route, status: String(status) })
      core.metrics.requestSeconds.observe(seconds, { route })
      logger.debug({ route, status, ms: Math.round(seconds * 1000) }, 'answered')
      return { status, headers: { 'x-request-id': requestId, ...headers }, body }
    })
}

/** Writes the id of a request into each line that is about it. */
class RequestLogger implements Logger {
  readonly #logger: Logger
  readonly #id: string

  constructor(logger: Logger, id: string) {
    this.#logger = logger
    this.#id = id
  }

  debug(fields: object, message: string): void {
    this.#logger.debug({ request_id: this.#id, ...fields }, message)
  }

  info(fields: object, message: string): void {
    this.#logger.info({ request_id: this.#id, ...fields }, message)
  }

  warn(fields: object, message: string): void {
    this.#logger.warn({ request_id: this.#id, ...fields }, message)
  }

  error(fields: object, message: string): void {
    this.#logger.error({ request_id: this.#id, ...fields }, message)
  }
}
