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
import type { Call } from './routes/route.js'
import { inSpan, markFailed } from './tracing.js'

/** What the line of the log says that tells of an answer. */
type Notes = { readonly route: string } & Readonly<Record<string, number | string>>

/** What is counted and logged of a request whose answer nobody took, after nginx. */
const CLIENT_LEFT = 499

/** Finds the route of a request, lets it answer, and sees to credentials, errors, logs and metrics. */
export function createHandler(core: Core): Exchange {
  const authorize = createAuthorizer(core.options.auth ?? authOfEnvironment())
  let inspecting = false

  /** @param note the name of the route, once it is found, and what else is to be logged */
  async function answer(request: Incoming, requestId: string, logger: Logger, note: Call['note']) {
    try {
      const found = findRoute(request, core.options.basePath)
      note({ route: found.name })
      authorize(found.name, request.header)
      return await found.route.answer({
        core,
        request,
        requestId,
        logger,
        note,
        keep(work) {
          core.inHand.keep(work)
          request.waitUntil?.(work)
        },
        authorize: (route) => authorize(route, request.header),
        readBody: () => readJson(request, core.limits),
      })
    } catch (error) {
      const level = statusOf(error) >= 500 ? 'error' : 'warn'
      logger[level]({ err: describeError(error) }, 'request failed')
      return errorAnswer(error, requestId)
    }
  }

  /** Label Studio asks for /health before it calls /setup, which it gives 3 s. */
  function inspectOnce(request: Incoming): void {
    if (inspecting) return
    inspecting = true
    const work = core.inspectAhead()
    request.waitUntil?.(work)
  }

  const traced: Exchange = (request) =>
    inSpan(core.options.tracer, 'prelabel.request', {}, async (span) => {
      const started = performance.now()
      const requestId = requestIdOf(request)
      const logger = withFields(core.logger, { request_id: requestId })
      let notes: Notes = { route: 'unknown' }
      inspectOnce(request)
      const answering = answer(request, requestId, logger, (more) => {
        notes = { ...notes, ...more }
      })
      core.inHand.keep(answering)
      const { status: answered, headers, body } = await answering
      const status = request.signal.aborted ? CLIENT_LEFT : answered
      if (status >= 500) markFailed(span)
      const { route, ...others } = notes
      span?.setAttribute('prelabel.route', route)
      span?.setAttribute('http.response.status_code', status)
      const seconds = (performance.now() - started) / 1000
      core.metrics.requests.add({ route, status: String(status) })
      core.metrics.requestSeconds.observe(seconds, { route })
      const entry = { route, path: request.path, status, ms: Math.round(seconds * 1000), ...others }
      logger.debug(entry, 'answered')
      const isLast = core.closing.aborted
      return { status: answered, headers: { 'x-request-id': requestId, ...headers }, body, isLast }
    })

  return async (request) => {
    try {
      return await traced(request)
    } catch (error) {
      // Nothing but a tracer can fail here.
      core.logger.error({ err: describeError(error) }, 'request failed')
      return errorAnswer(error, requestIdOf(request))
    }
  }
}

/** Writes fields into each line that is about a request. */
function withFields(logger: Logger, fields: object): Logger {
  return {
    debug: (more, message) => logger.debug({ ...fields, ...more }, message),
    info: (more, message) => logger.info({ ...fields, ...more }, message),
    warn: (more, message) => logger.warn({ ...fields, ...more }, message),
    error: (more, message) => logger.error({ ...fields, ...more }, message),
  }
}
