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
      const log = statusOf(error) >= 500 ? logger.error : logger.warn
      log({ err: describeError(error) }, 'request failed')
      return errorAnswer(error, requestId)
    }
  }

  return async (request) => {
    const started = performance.now()
    const requestId = requestIdOf(request)
    const logger = withFields(core.logger, { request_id: requestId })
    let route = 'unknown'
    const response = await inSpan(core.options.tracer, 'prelabel.request', {}, async (span) => {
      const given = await answer(request, requestId, logger, (name) => {
        route = name
      })
      span?.setAttribute('prelabel.route', route)
      span?.setAttribute('http.response.status_code', given.status)
      return given
    })
    const seconds = (performance.now() - started) / 1000
    core.metrics.requests.add({ route, status: String(response.status) })
    core.metrics.requestSeconds.observe(seconds, { route })
    const { status, headers, body } = response
    core.logger.debug({ request_id: requestId, route, status, ms: Math.round(seconds * 1000) }, 'answered')
    return { status, headers: { 'x-request-id': requestId, ...headers }, body }
  }
}

function withFields(logger: Logger, fields: object): Logger {
  return {
    debug: (more, message) => logger.debug({ ...fields, ...more }, message),
    info: (more, message) => logger.info({ ...fields, ...more }, message),
    warn: (more, message) => logger.warn({ ...fields, ...more }, message),
    error: (more, message) => logger.error({ ...fields, ...more }, message),
  }
}
