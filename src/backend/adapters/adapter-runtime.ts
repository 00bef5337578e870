import type { Adapter, Item, Logger, Outcome } from '../../adapters/adapter.js'
import { PrelabelError } from '../../errors.js'
import { type BatcherOptions, createBatcher, type SubmitOptions } from '../../inference/batcher.js'
import { shuttingDown } from '../admission.js'
import { messageOf } from '../describe-error.js'
import type { BackendMetrics } from '../metrics/backend-metrics.js'
import { inSpan, markFailed, type Tracer } from '../tracing.js'
import { type CallLimit, callAdapter } from './call-adapter.js'
import { createInspection, type Inspection } from './inspection.js'
import { loadModel } from './load-model.js'
import { once } from './once.js'
import { createPreparation, type Preparation } from './prepare-items.js'
import { toldBy } from './told-by.js'
import { unlessAborted } from './unless-aborted.js'

export type AdapterState = 'idle' | 'loading' | 'ready' | 'failed'

/** A load that failed. */
export interface LoadFailure {
  readonly error: PrelabelError
  /** When, in milliseconds of `Date.now()`. */
  readonly at: number
}

/** An adapter in a running backend: loaded once, called in batches. */
export interface AdapterRuntime {
  readonly adapter: Adapter
  readonly state: AdapterState
  /** Why the last load failed, until one succeeds. */
  readonly failure: LoadFailure | undefined
  /** What the adapter says of its models once it is loaded. */
  status(): readonly string[]
  readonly inspect: Inspection['inspect']
  readonly inspectControl: Inspection['inspectControl']
  /**
   * Loads the model unless it is there. A load that failed is tried again by the next call.
   *
   * @throws PrelabelError `adapter-load-failed`, `shutting-down`
   */
  warm(): Promise<void>
  predict(item: Item, options: SubmitOptions): Promise<Outcome>
  /** Lets the adapter do ahead, in the background, what does not depend on what will be drawn. */
  readonly prepare: Preparation['start']
  /** Frees the model, once what runs and the loading have ended; neither begins anew. */
  dispose(): Promise<void>
}

export interface AdapterRuntimeOptions {
  readonly logger: Logger
  readonly metrics: BackendMetrics
  /** Longest time for loading the model, and for telling its facts, in milliseconds. */
  readonly loadMs: number
  /** Longest time for one call of the adapter, in milliseconds. */
  readonly adapterMs: number
  /** The same for a call with an item that goes alone. */
  readonly aloneMs: number
  /** How long a bulk batch may wait to fill, in milliseconds. */
  readonly batchWaitMs: number
  readonly tracer: Tracer | undefined
}

export function createAdapterRuntime(adapter: Adapter, options: AdapterRuntimeOptions): AdapterRuntime {
  const { logger, metrics, loadMs, adapterMs, aloneMs, batchWaitMs, tracer } = options
  let state: AdapterState = 'idle'
  let failure: LoadFailure | undefined
  let status = (): readonly string[] => []
  let disposed = false

  const { inspect, inspectControl } = createInspection(adapter, loadMs, logger)

  const load = once(async () => {
    state = 'loading'
    const started = performance.now()
    try {
      const model = await loadModel(adapter, loadMs, logger)
      state = 'ready'
      failure = undefined
      status = () => toldBy(adapter, 'status', () => adapter.status?.(model), logger) ?? []
      const none = adapter.status !== undefined && status().length === 0
      const ms = Math.round(performance.now() - started)
      logger.info({ adapter: adapter.name, ms }, none ? 'ready, with no model loaded yet' : 'model loaded')
      return model
    } catch (cause) {
      state = 'failed'
      failure = { error: loadFailed(adapter.name, cause), at: Date.now() }
      throw failure.error
    }
  })

  const batching = (maxSize: number, limit: CallLimit): BatcherOptions<Item, Outcome> => ({
    maxSize,
    concurrency: adapter.concurrency ?? 1,
    maxWait: batchWaitMs,
    async run(items, signal) {
      const model = await unlessAborted(signal, load())
      const started = performance.now()
      metrics.batchSize.observe(items.length, { adapter: adapter.name })
      try {
        return await inSpan(
          tracer,
          'prelabel.batch',
          // A batch serves several requests, and may begin when the one before has freed its place.
          { attributes: { 'prelabel.adapter': adapter.name, 'prelabel.items': items.length }, root: true },
          async (span) => {
            const outcomes = await callAdapter(adapter, items, { model, signal, logger }, limit)
            if (outcomes.some((outcome) => outcome instanceof Error)) markFailed(span)
            return outcomes
          },
        )
      } finally {
        metrics.batchSeconds.observe((performance.now() - started) / 1000, { adapter: adapter.name })
      }
    },
  })
  const together = createBatcher(batching(adapter.batchSize ?? 8, { option: 'adapterMs', ms: adapterMs }))
  const alone = createBatcher(batching(1, { option: 'aloneMs', ms: aloneMs }))
  const batcherOf = ({ object }: Item) => (adapter.alone?.includes(object.tag) ? alone : together)

  async function free(): Promise<void> {
    if (state !== 'ready') return
    state = 'idle'
    await adapter.dispose?.(await load())
  }

  const preparation = createPreparation(adapter, load, logger)

  return {
    adapter,
    get state() {
      return state
    },
    get failure() {
      return failure
    },
    status: () => status(),
    inspect,
    inspectControl,
    async warm() {
      if (disposed) throw shuttingDown()
      await load()
    },
    predict: (item, submit) => batcherOf(item).submit(item, submit),
    prepare: preparation.start,
    async dispose() {
      disposed = true
      await Promise.all([together.dispose(), alone.dispose(), preparation.dispose()])
      // It cannot be aborted; whenever it ends, the model is freed.
      if (state === 'loading') await load().catch(() => undefined)
      await free()
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
