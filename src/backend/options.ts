import { z } from 'zod'
import type { Adapter, Logger } from '../adapters/adapter.js'
import { checkAdapter } from '../adapters/define-adapter.js'
import type { LabelingConfig } from '../config/index.js'
import { PrelabelError } from '../errors.js'
import type { MediaLoaderOptions } from '../media/index.js'
import type { MediaLoader } from '../media/media-loader.js'
import { parseOptions } from '../parse-options.js'
import { type AuthOptions, authSchema } from './auth/options.js'
import { milliseconds } from './milliseconds.js'
import type { OnLate } from './predict/finish-late.js'
import type { Tracer } from './tracing.js'
import type { OnWebhook } from './training/training-jobs.js'

/** Bounds of a backend. Times are in milliseconds; those that are waited for are at most 2^31-1, some 24 days. */
export interface BackendLimits {
  /** Bytes of a request body. @default 64 MiB */
  readonly bodyBytes: number
  /** Nesting of a request body. @default 100 */
  readonly bodyDepth: number
  /** Until a request is answered; Label Studio itself waits 100 s. @default 90 s */
  readonly deadlineMs: number
  /** For loading the model of an adapter, downloads too, and for inspecting it. @default 15 min */
  readonly loadMs: number
  /** For one call of an adapter. @default 2 min */
  readonly adapterMs: number
  /** For one call of what an adapter takes one by one, such as videos. @default 1 h */
  readonly aloneMs: number
  /** How long a batch may wait to fill while its adapter is idle. @default 0 */
  readonly batchWaitMs: number
  /** Tasks that were accepted and are not done; beyond it 503. A single request may be larger. @default 10000 */
  readonly queuedTasks: number
  /** The same for interactive requests and single tasks. @default 100 */
  readonly queuedInteractive: number
  /**
   * Tasks of lists that are worked on at the same time, their media in memory; one project alone gets three quarters of them, so
   * that there is room for others. @default 64
   */
  readonly tasksInHand: number
  /** Labeling configs kept parsed and bound. @default 100 */
  readonly configs: number
  /** Characters that cached predictions may take; 0 keeps none. @default 32 Mi */
  readonly cacheSize: number
  /** How long a cached prediction is used. @default 10 min */
  readonly cacheMs: number
  /** For `/setup` and `/versions` to learn what they must of the models; Label Studio itself waits 3 s. @default 2.5 s */
  readonly setupMs: number
}

const count = z.int().positive()
const time = milliseconds.int().positive()
const MI = 1024 ** 2

const limitsSchema = z.strictObject({
  bodyBytes: count.default(64 * MI),
  bodyDepth: count.default(100),
  deadlineMs: time.default(90_000),
  loadMs: time.default(900_000),
  adapterMs: time.default(120_000),
  aloneMs: time.default(3_600_000),
  batchWaitMs: milliseconds.int().default(0),
  queuedTasks: count.default(10_000),
  queuedInteractive: count.default(100),
  tasksInHand: count.default(64),
  configs: count.default(100),
  cacheSize: z
    .int()
    .nonnegative()
    .default(32 * MI),
  cacheMs: count.default(600_000),
  setupMs: time.default(2500),
})

/** Where Label Studio is, and a token of either kind: without one, that of LABEL_STUDIO_API_KEY. */
export interface LabelStudioAccess {
  readonly url: string
  readonly token?: string
}

export interface BackendOptions {
  /** The labeling config; without it, the one that Label Studio sends with each request is taken, which goes first anyway. */
  readonly config?: LabelingConfig | string
  readonly adapters: readonly Adapter[]
  /** A media loader, or options to make one with. */
  readonly media?: MediaLoader | MediaLoaderOptions
  /**
   * The Label Studio that media are fetched from, and that late predictions are imported into where there is a token.
   * @default what the environment variables LABEL_STUDIO_URL and LABEL_STUDIO_API_KEY say
   */
  readonly labelStudio?: LabelStudioAccess
  /** First part of the model version. @default the names of the adapters that fill something */
  readonly name?: string
  /** Who may ask; everyone without it. */
  readonly auth?: AuthOptions
  /** @default JSON lines on standard error, at the level that the environment variable LOG_LEVEL names */
  readonly logger?: Logger
  readonly limits?: Partial<BackendLimits>
  /** The path under which the backend is mounted, where the server in front leaves it in the URL: `/api/ml`. */
  readonly basePath?: string
  /** Folder in which what adapters learn of projects outlives the process: prompts that annotators type, … @default none */
  readonly stateFolder?: string
  /** Takes events of Label Studio, after they were answered. */
  readonly onWebhook?: OnWebhook
  /** Takes predictions that were finished after the deadline of their request. @default imports them into Label Studio */
  readonly onLate?: OnLate
  /** A tracer of `@opentelemetry/api`, for a span a request and a batch. */
  readonly tracer?: Tracer
}

const callback = z.custom<(...args: never) => unknown>((value) => typeof value === 'function', 'expected a function')
const record = z.custom<object>((value) => typeof value === 'object' && value !== null, 'expected an object')

const tracer = z.custom<Tracer>(
  (value) =>
    typeof value === 'object' &&
    value !== null &&
    'startActiveSpan' in value &&
    typeof value.startActiveSpan === 'function',
  'expected a tracer of @opentelemetry/api, which has `startActiveSpan`',
)

/** A path as it stands in a URL: `/m l` is asked for as `/m%20l`. */
const path = z
  .string()
  .regex(/^\/[^?#]*[^/?#]$/, 'must begin with a slash and end without one')
  .transform((given) => new URL(`http://backend${given}`).pathname)

const optionsSchema = z.strictObject({
  config: z.union([z.string(), record]).optional(),
  adapters: z.array(record).min(1),
  media: record.optional(),
  labelStudio: z.strictObject({ url: z.url(), token: z.string().min(1).optional() }).optional(),
  name: z
    .string()
    .regex(/^[\w.+-]{1,80}$/)
    .optional(),
  auth: authSchema.optional(),
  logger: record.optional(),
  limits: limitsSchema.prefault({}),
  basePath: path.optional(),
  stateFolder: z.string().min(1).optional(),
  onWebhook: callback.optional(),
  onLate: callback.optional(),
  tracer: tracer.optional(),
})

/**
 * Checks the options of a backend and fills in its limits.
 *
 * @throws PrelabelError `backend-options`
 */
export function checkOptions(options: BackendOptions): BackendOptions & { readonly limits: BackendLimits } {
  const owner = { name: 'createBackend', code: 'backend-options', page: 'docs/backend.md' }
  const { limits, basePath } = parseOptions(owner, optionsSchema, options)
  for (const adapter of options.adapters) checkAdapter(adapter)
  const names = options.adapters.map(({ name }) => name)
  const twice = names.find((name, index) => names.indexOf(name) !== index)
  if (twice !== undefined) {
    throw new PrelabelError(`createBackend: two adapters are called ${twice}`, {
      code: 'backend-options',
      path: 'createBackend.adapters',
      hint: 'Give one of them another `name`: it is part of the model version, of reports and of metrics.',
    })
  }
  return { ...options, limits, ...(basePath === undefined ? {} : { basePath }) }
}
