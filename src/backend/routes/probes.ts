import { PrelabelError } from '../../errors.js'
import { describeError } from '../describe-error.js'
import { json } from '../http/answers.js'
import type { Call, Route } from './route.js'

/** `/` and `/health`: the process answers. No model is asked. */
export const health: Route = {
  method: 'GET',
  answer: ({ core }) => json({ status: 'UP', model_class: core.options.name ?? adapterNames(core) }),
}

/** `/ready`: every model is loaded; asking loads the ones that are not. */
export const ready: Route = {
  method: 'GET',
  answer({ core, logger, keep }) {
    if (core.admission.closed) throw notReady('the backend is shutting down')
    for (const { state, warm } of core.runtimes) {
      if (state === 'idle' || state === 'failed') {
        keep(warm().catch((error: unknown) => logger.error({ err: describeError(error) }, 'warm-up failed')))
      }
    }
    const adapters = Object.fromEntries(core.runtimes.map(({ adapter, state }) => [adapter.name, state]))
    const waiting = Object.keys(adapters).filter((name) => adapters[name] !== 'ready')
    if (waiting.length > 0)
      throw notReady(`not loaded yet: ${waiting.map((name) => `${name} (${adapters[name]})`).join(', ')}`)
    return json({ status: 'ready', adapters })
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

function notReady(message: string): PrelabelError {
  return new PrelabelError(message, { code: 'not-ready', status: 503, hint: 'Ask again in a moment.' })
}
