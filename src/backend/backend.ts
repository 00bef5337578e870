import type { BatchState, DrawnResults, Logger, ModelInfo } from '../adapters/adapter.js'
import type { Task } from '../results/task.js'
import { shuttingDown } from './admission.js'
import { type BindingReport, withModels } from './binding/report.js'
import { createCore } from './core.js'
import type { Deadline } from './deadline.js'
import { createHandler } from './handler.js'
import type { Exchange } from './http/exchange.js'
import { type FetchHandler, toFetch } from './http/fetch.js'
import type { BackendOptions } from './options.js'
import { type BackendBatch, type BackendPlan, type BulkRequest, planTasks, runBatches } from './predict/plan-tasks.js'
import { predictTasks } from './predict/predict-tasks.js'
import type { TaskAnswer } from './predict/task-answer.js'
import { createSafeLogger } from './safe-logger.js'

/** Where and how `listen` serves. */
export interface ListenOptions {
  /** 0 takes a free one. @default 9090 */
  readonly port?: number
  /** @default '0.0.0.0' */
  readonly host?: string
  /** Whether SIGTERM and SIGINT end the process, after what is in hand was answered. @default true */
  readonly signals?: boolean
  /**
   * Until the process ends after such a signal, in milliseconds: four fifths for what is in hand, the rest to give it up
   * and to free the models. Keep it below the time after which whoever sent the signal kills: docker's 10 s, Kubernetes' 30 s.
   * @default 9 s
   */
  readonly drainMs?: number
}

/** A server that listens. */
export interface Listening {
  /** `http://127.0.0.1:9090` */
  readonly url: string
  readonly port: number
  /** Takes nothing more, answers what is in hand, and disposes of the backend: within `drainMs`. Never rejects. */
  close(): Promise<void>
}

export interface PredictOptions {
  readonly signal?: AbortSignal
  /** @default the backend's own config */
  readonly config?: string
  /** What the annotator has just drawn. */
  readonly context?: DrawnResults
  /** Takes what is logged of the tasks, which their answers say too. @default that of the backend */
  readonly logger?: Logger
}

export interface PlanOptions {
  readonly signal?: AbortSignal
  /** @default the backend's own config */
  readonly config?: string
}

export interface RunBatchOptions extends PlanOptions {
  /** By which an adapter goes on after a crash. */
  readonly stateOf: (adapter: string) => BatchState
}

/** An adapter by its name, and what is known of its model. */
export interface InspectedAdapter {
  readonly adapter: string
  readonly info: ModelInfo
}

/** An adapter whose model is loaded. */
export interface LoadedAdapter {
  readonly adapter: string
  /** How long loading took, in milliseconds; next to nothing where it was loaded before. */
  readonly ms: number
  /** What the adapter says of its models: where each runs, and what refused it. */
  readonly status: readonly string[]
}

/** Models behind Label Studio's protocol. */
export interface Backend {
  /** The one handler. It can be passed on by itself: `export const POST = backend.fetch`. */
  readonly fetch: FetchHandler
  /** The same for mounts that have no `Request` at hand. */
  readonly exchange: Exchange
  /**
   * Serves over node:http.
   *
   * @throws PrelabelError `listen-options`, `port-taken`, `listen-failed`, `state-folder`
   */
  listen(options?: ListenOptions): Promise<Listening>
  /**
   * What `/predict` does, without HTTP, queue and deadline: one answer a task, in order.
   *
   * @throws IssuesError `invalid-config`; PrelabelError `config-missing`, `shutting-down`
   */
  predict(tasks: readonly Task[], options?: PredictOptions): Promise<readonly TaskAnswer[]>
  /**
   * What `predict` of these tasks would ask and cost, as far as adapters can tell. Media are loaded; nothing is sent to
   * a model.
   *
   * @throws IssuesError `invalid-config`; PrelabelError `config-missing`, `shutting-down`
   */
  plan(tasks: readonly Task[], options?: PlanOptions): Promise<BackendPlan>
  /**
   * Has adapters get ready what `predict` of these tasks will need, in the slow and cheap way that they have (the batch
   * API of a provider). It may take a day; call `predict` afterwards, in the same process or with a cache that lasts.
   *
   * @throws IssuesError `invalid-config`; PrelabelError `config-missing`, `shutting-down`, and what the adapter throws
   */
  runBatch(tasks: readonly Task[], options: RunBatchOptions): Promise<BackendBatch>
  /**
   * What is known of the model of each adapter, in their order, without loading it.
   *
   * @throws PrelabelError `adapter-inspect-failed` of the first one that cannot be used; what the adapter threw is its `cause`
   */
  inspect(): Promise<readonly InspectedAdapter[]>
  /**
   * Loads the adapters' own models, which else happens when they are first needed.
   *
   * @throws PrelabelError `adapter-load-failed` of the first one that cannot be loaded, `state-folder`, `shutting-down`
   */
  load(): Promise<readonly LoadedAdapter[]>
  /**
   * Which control is filled by whom, with the label maps, and which is not and why. `formatReport` makes it text.
   *
   * @param xml a config; without it the backend's own
   */
  report(xml?: string): Promise<BindingReport>
  /** What `/metrics` answers, in Prometheus' text format: to be answered together with metrics of yours. */
  metrics(): string
  /**
   * Takes nothing more, gives what is in hand, `predict` of this process too, `ms` milliseconds to end, and frees models and
   * media. Ends two seconds after them at the latest: what hangs till then is left behind, and the log names it. Never
   * rejects. @default 0
   */
  dispose(ms?: number): Promise<void>
}

/** For what `dispose` gives up to end, and for late predictions that are ready to be imported. */
const GRACE_MS = 2000

/**
 * Puts adapters behind Label Studio's protocol.
 *
 * @example
 * const backend = createBackend({ adapters: [yolo({ model: 'yolo11n.onnx' })] })
 * export default backend               // { fetch }: Bun, Deno and workers take it as it is
 * await backend.listen({ port: 9090 }) // node:http
 *
 * @throws PrelabelError `backend-options`; IssuesError `invalid-config`
 */
export function createBackend(options: BackendOptions): Backend {
  const core = createCore(options)
  const exchange = createHandler(core)

  /** Work that this process asks for is in hand as requests are: waited for, and then given up. */
  async function inHand<T>(work: (until: Deadline) => Promise<T>): Promise<T> {
    if (core.admission.closed) throw shuttingDown()
    const until = core.startDeadline()
    const working = work(until).finally(until.stop)
    core.inHand.keep(working)
    return working
  }

  const bulk = <T>(
    tasks: readonly Task[],
    { signal, config }: PlanOptions,
    run: (request: BulkRequest) => Promise<T>,
  ) =>
    inHand(async ({ over }) => {
      const project = await core.projects.open(config)
      const ended = AbortSignal.any([over.toSignal(), ...(signal === undefined ? [] : [signal])])
      return run({ project, tasks, media: core.media, signal: ended, logger: core.logger })
    })

  return {
    fetch: toFetch(exchange),
    exchange,
    async listen(listenOptions) {
      await core.checkState()
      const { listen } = await import('./mounts/listen.js')
      return listen(core, exchange, listenOptions)
    },
    predict: (tasks, { signal, config, context, logger } = {}) =>
      inHand(async (deadline) => {
        const { answers } = await predictTasks(core.predictTask, {
          project: core.projects.open(config),
          tasks,
          deadline,
          logger: logger === undefined ? core.logger : createSafeLogger(logger),
          metrics: core.metrics,
          ...(signal === undefined ? {} : { signal }),
          ...(context === undefined ? {} : { context }),
        })
        return answers
      }),
    plan: (tasks, planOptions = {}) => bulk(tasks, planOptions, planTasks),
    runBatch: (tasks, batchOptions) =>
      bulk(tasks, batchOptions, (request) => runBatches(request, batchOptions.stateOf)),
    inspect: () =>
      Promise.all(
        core.runtimes.map(async ({ adapter, inspect }) => ({ adapter: adapter.name, info: await inspect() })),
      ),
    async load() {
      await core.checkState()
      return Promise.all(
        core.runtimes.map(async ({ adapter, warm, status }) => {
          const started = performance.now()
          await warm()
          return { adapter: adapter.name, ms: Math.round(performance.now() - started), status: status() }
        }),
      )
    },
    report: async (xml) => withModels((await core.projects.open(xml)).report, core.runtimes),
    metrics: () => core.metrics.text(),
    dispose: (ms = 0) => core.shutDown({ workMs: ms, graceMs: GRACE_MS }),
  }
}
