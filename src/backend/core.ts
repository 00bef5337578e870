import type { Logger } from '../adapters/adapter.js'
import { type AbortSource, createCancellation } from '../cancellation.js'
import { parseConfig } from '../config/index.js'
import { type AdapterRuntime, createAdapterRuntime } from './adapters/adapter-runtime.js'
import { toldBy } from './adapters/told-by.js'
import { type Admission, createAdmission } from './admission.js'
import { createConsoleLogger } from './console-logger.js'
import { createDeadlines, type StartDeadline } from './deadline.js'
import { importingOnLate, labelStudioAccess } from './label-studio-access.js'
import { type BackendMetrics, createBackendMetrics } from './metrics/backend-metrics.js'
import { type BackendLimits, type BackendOptions, checkOptions } from './options.js'
import type { OnLate } from './predict/finish-late.js'
import { createLateTasks, type LateTasks } from './predict/late-tasks.js'
import { createMediaSource, type MediaSource } from './predict/media-source.js'
import { createTaskPredictor, type PredictTask } from './predict/predict-task.js'
import { createProjects, type Projects } from './projects.js'
import { createSafeLogger } from './safe-logger.js'
import { type ShutdownTimes, shutDown } from './shut-down.js'
import { createFitAdapters, type FitAdapters } from './training/fit-adapters.js'
import { memoryFolder } from './training/memory-folder.js'
import { createProjectMemory } from './training/project-memory.js'
import { createTrainingJobs, type OnWebhook, type TrainingJobs } from './training/training-jobs.js'
import { createWorkInHand, type WorkInHand } from './work-in-hand.js'

/** The parts of a running backend; the routes and the mounts are made of them. */
export interface Core {
  readonly options: BackendOptions
  readonly limits: BackendLimits
  readonly logger: Logger
  readonly metrics: BackendMetrics
  readonly runtimes: readonly AdapterRuntime[]
  readonly projects: Projects
  readonly fitAdapters: FitAdapters
  readonly admission: Admission
  readonly jobs: TrainingJobs
  readonly inHand: WorkInHand
  /** Fires when shutting down begins. */
  readonly closing: AbortSource
  readonly startDeadline: StartDeadline
  readonly lateTasks: LateTasks
  readonly onLate: OnLate
  readonly predictTask: PredictTask
  readonly media: MediaSource['open']
  /** @throws PrelabelError `state-folder` when what is learnt cannot be kept where it should be */
  checkState(): Promise<void>
  /** Asks the facts of every model, so that the first `/setup` need not wait for them. Never rejects. */
  inspectAhead(): Promise<void>
  /** Refuses new work, waits for what is in hand, hands on what is ready, and frees models and media. Never rejects. */
  shutDown(times: ShutdownTimes): Promise<void>
}

/** Label Studio's ML_TIMEOUT_PREDICT, and what an answer may take on its way. */
const LABEL_STUDIO_WAITS_MS = 100_000
const MARGIN_MS = 5000

/** @throws PrelabelError `backend-options`, IssuesError `invalid-config` */
export function createCore(given: BackendOptions): Core {
  const options = checkOptions(given)
  const { adapters, limits } = options
  const logger = options.logger === undefined ? createConsoleLogger() : createSafeLogger(options.logger)
  const config = typeof options.config === 'string' ? parseConfig(options.config) : options.config
  if (limits.deadlineMs > LABEL_STUDIO_WAITS_MS - MARGIN_MS)
    logger.warn({ deadlineMs: limits.deadlineMs }, 'limits.deadlineMs is too long: Label Studio gives up after 100 s')
  const metrics = createBackendMetrics()
  const runtimes = adapters.map((adapter) =>
    createAdapterRuntime(adapter, { ...limits, logger, metrics, tracer: options.tracer }),
  )
  const admission = createAdmission({ interactive: limits.queuedInteractive, bulk: limits.queuedTasks })
  metrics.watch({
    pending: () => admission.pending,
    usage: () =>
      Object.fromEntries(
        adapters.flatMap((adapter) => {
          const usage = toldBy(adapter, 'usage', () => adapter.usage?.(), logger)
          return usage === undefined ? [] : [[adapter.name, usage]]
        }),
      ),
  })
  const inHand = createWorkInHand()
  // Made where modules are loaded, where some runtimes make no AbortSignal.
  const closing = createCancellation()
  const over = createCancellation()
  const access = labelStudioAccess(options.labelStudio)
  const media = createMediaSource(options.media, access)
  const state = options.stateFolder === undefined ? undefined : memoryFolder(options.stateFolder, logger)
  const memory = createProjectMemory(state)
  const projects = createProjects({ config, runtimes, memory, name: options.name, size: limits.configs })
  const fitAdapters = createFitAdapters(projects, memory)
  const learning = runtimes.some(({ adapter }) => adapter.fit !== undefined)
  const handlers: readonly OnWebhook[] = [
    ...(options.onWebhook === undefined ? [] : [options.onWebhook]),
    ...(learning ? [fitAdapters.onEvent] : []),
  ]

  return {
    options,
    limits,
    logger,
    metrics,
    runtimes,
    projects,
    fitAdapters,
    admission,
    jobs: createTrainingJobs(handlers),
    inHand,
    closing,
    startDeadline: createDeadlines(over),
    lateTasks: createLateTasks(),
    onLate: options.onLate ?? importingOnLate(access, closing),
    media: media.open,
    predictTask: createTaskPredictor({ ...limits, metrics, media: media.open }),
    checkState: async () => state?.check(),
    async inspectAhead() {
      await Promise.allSettled(runtimes.map(({ inspect }) => inspect()))
    },
    shutDown: (times) => shutDown({ admission, inHand, closing, over, runtimes, media, logger }, times),
  }
}
