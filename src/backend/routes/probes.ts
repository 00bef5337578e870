import { PrelabelError } from '../../errors.js'
import type { AdapterRuntime } from '../adapters/adapter-runtime.js'
import { describeError } from '../describe-error.js'
import { json } from '../http/answers.js'
import type { Call, Route } from './route.js'

/** `/` and `/health`: the process answers. No model is asked. */
export const health: Route = {
  method: 'GET',
  answer: ({ core }) => json({ status: 'UP', model_class: core.options.name ?? adapterNames(core) }),
}

/** How long `/ready` leaves a model alone that could not be loaded. A prediction tries at once. */
const RETRY_MS = 30_000

/** `/ready`: every model is loaded; asking loads the ones that are not, and after a while those that could not be loaded. */
export const ready: Route = {
  method: 'GET',
  answer({ core, logger, keep }) {
    if (core.admission.closed) throw notReady('the backend is shutting down')
    for (const { state, failure, warm } of core.runtimes) {
      const again = state === 'failed' && failure !== undefined && Date.now() - failure.at >= RETRY_MS
      if (state === 'idle' || again) {
        keep(warm().catch((error: unknown) => logger.error({ err: describeError(error) }, 'warm-up failed')))
      }
    }
    const waiting = core.runtimes.filter(({ state }) => state !== 'ready')
    if (waiting.length > 0) throw notLoaded(waiting)
    const adapters = Object.fromEntries(core.runtimes.map(({ adapter, state }) => [adapter.name, state]))
    const models = Object.fromEntries(core.runtimes.map(({ adapter, status }) => [adapter.name, status()]))
    return json({ status: 'ready', adapters, models })
  },
}

/** `/metrics`, in Prometheus' text format. */
export const metrics: Route = {
  method: 'GET',
  answer: ({ core }) => ({
    status: 200,
    headers: { 'content-type': 'text/plain; version=0.0.4; charset=utf-8' },
    body: core.metrics.text(),
  }),
}

function adapterNames({ runtimes }: Call['core']): string {
  return runtimes.map(({ adapter }) => adapter.name).join('+')
}

function notLoaded(waiting: readonly AdapterRuntime[]): PrelabelError {
  const told = waiting.map(({ adapter, state, failure }) => {
    return failure === undefined
      ? `${adapter.name} (${state})`
      : `${adapter.name} (failed: ${inOneLine(failure.error)})`
  })
  const failed = waiting.find(({ failure }) => failure !== undefined)?.failure
  return notReady(`not loaded: ${told.join(', ')}`, failed?.error.hint)
}

function inOneLine({ message }: Error): string {
  return message.replace(/\s+/g, ' ')
}

function notReady(message: string, hint = 'Ask again in a moment.'): PrelabelError {
  return new PrelabelError(message, { code: 'not-ready', status: 503, hint })
}
