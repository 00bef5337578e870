import type { Adapter, Item, Logger, ModelInfo, Outcome } from '../../adapters/adapter.js'
import { PrelabelError } from '../../errors.js'
import { type BatcherOptions, createBatcher, type SubmitOptions } from '../../inference/batcher.js'
import { messageOf } from '../describe-error.js'
import type { BackendMetrics } from '../metrics/backend-metrics.js'
import { inSpan, type Tracer } from '../tracing.js'
import { type CallLimit, callAdapter } from './call-adapter.js'
import { once } from './once.js'
import { createPreparation, type Preparation } from './prepare-items.js'

export type AdapterState = 'idle' | 'loading' | 'ready' | 'failed'

/** An adapter in a running backend: loaded once, called in batches. */
export interface AdapterRuntime {
  readonly adapter: Adapter
  readonly state: AdapterState
  /** Facts of the model; asked for once. */
  inspect(): Promise<ModelInfo>
  /** Loads the model unless it is there. A load that failed is tried again by the next call. */
  warm(): Promise<void>
  predict(item: Item, options: SubmitOptions): Promise<Outcome>
  /** Lets the adapter do ahead, in the background, what does not depend on what will be drawn. */
  readonly prepare: Preparation['start']
  dispose(): Promise<void>
}

export interface AdapterRuntimeOptions {
  readonly logger: Logger
  readonly metrics: BackendMetrics
  /** Longest time for one call of the adapter, in milliseconds. */
  readonly adapterMs: number
  /** The same for a call with an item that goes alone. */
  readonly aloneMs: number
  /** How long a bulk batch may wait to fill, in milliseconds. */
  readonly batchWaitMs: number
  readonly tracer: Tracer | undefined
}

export function createAdapterRuntime(adapter: Adapter, options: AdapterRuntimeOptions): AdapterRuntime {
  const { logger, metrics, adapterMs, aloneMs, batchWaitMs, tracer } = options
  let state: AdapterState = 'idle'

  const inspect = once(async () => (await adapter.inspect?.()) ?? {})

  const load = once(async () => {
    state = 'loading'
    const started = performance.now()
    try {
      const model = await adapter.load?.()
      state = 'ready'
      logger.info({ adapter: adapter.name, ms: Math.round(performance.now() - started) }, 'model loaded')
      return model
    } catch (cause) {
      state = 'failed'
      throw loadFailed(adapter.name, cause)
    }
  })

  const batching = (maxSize: number, limit: CallLimit): BatcherOptions<Item, Outcome> => ({
    maxSize,
    concurrency: adapter.concurrency ?? 1,
    maxWait: batchWaitMs,
    async run(items, signal) {
      const model = await load()
      const started = performance.now()
      metrics.batchSize.observe(items.length, { adapter: adapter.name })
      try {
        return await inSpan(
          tracer,
          'prelabel.batch',
          { 'prelabel.adapter': adapter.name, 'prelabel.items': items.length },
          () => callAdapter(adapter, items, { model, signal, logger }, limit),
        )
      } finally {
        metrics.batchSeconds.observe((performance.now() - started) / 1000, { adapter: adapter.name })
      }
    },
  })
  const together = createBatcher(batching(adapter.batchSize ?? 8, { option: 'adapterMs', ms: adapterMs }))
  const alone = createBatcher(batching(1, { option: 'aloneMs', ms: aloneMs }))
  const batcherOf = ({ object }: Item) => (adapter.alone?.includes(object.tag) ? alone : together)

  const preparation = createPreparation(adapter, load, logger)

  return {
    adapter,
    get state() {
      return state
    },
    inspect,
    warm: async () => void (await load()),
    predict: (item, submit) => batcherOf(item).submit(item, submit),
    prepare: preparation.start,
    async dispose() {
      await Promise.all([together.dispose(), alone.dispose(), preparation.dispose()])
      if (state !== 'ready') return
      state = 'idle'
      await adapter.dispose?.(await load())
    },
  }
}

function loadFailed(name: string, cause: unknown): PrelabelError {
  const hint = PrelabelError.isInstance(cause) ? cause.hint : undefined
  return new PrelabelError(`the model of the adapter ${name} could not be loaded: ${messageOf(cause)}`, {
    code: 'adapter-load-failed',
    status: 503,
    hint: hint ?? 'The message is what `load` threw; the next request tries again.',
    cause,
  })
}
