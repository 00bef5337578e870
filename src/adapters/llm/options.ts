import { z } from 'zod'
import { PrelabelError } from '../../errors.js'
import { parseOptions } from '../../parse-options.js'
import { adapterName } from '../adapter-name.js'
import type { BudgetLimits } from './bill/budget.js'
import { defaultPrices } from './bill/price-table.js'
import { type Price, type Prices, priceOf } from './bill/prices.js'
import { fileSpendLog, type SpendLog } from './bill/spend-log.js'
import { type Clock, systemClock } from './calls/clock.js'
import { fileCache } from './calls/file-cache.js'
import { memoryCache, type ResponseCache } from './calls/response-cache.js'
import { type Calibration, calibrationSchema } from './confidence/calibration.js'
import type { LlmExample } from './examples/example.js'
import type { ExampleOptions } from './examples/select-examples.js'
import { llmOptions } from './options-owner.js'
import { parseTemplate, type Template } from './prompt/template.js'
import type { LlmProvider } from './provider.js'

/**
 * Where scores come from: the model's own word (`stated`), the probabilities of its tokens (`logprobs`, where the
 * provider gives them), how many of several samples agree, or nowhere.
 */
export type Confidence = 'stated' | 'logprobs' | { readonly samples: number } | 'none'

export interface LlmOptions {
  /** `openai({ model })`, `anthropic({ model })`, `openaiCompatible({ baseURL, model })`, or one of your own. */
  readonly provider: LlmProvider
  /** Part of the model version. @default 'llm' */
  readonly name?: string
  /** Only these controls, by name. @default all that words can fill */
  readonly controls?: readonly string[]
  /** What the labels are for and how to decide, in your words. */
  readonly instructions?: string
  /** The message for a task: `{field}` stands for a field of the task, between marks. @default every object, by name */
  readonly template?: string
  /**
   * Begin of the names of `<TextArea>`s that hold a prompt instead of an answer: what the annotator types there is added
   * to the instructions, and for the whole project once the annotation is submitted. Extra params of the connection
   * whose names begin so are such prompts too.
   */
  readonly promptPrefix?: string
  readonly examples?: Partial<ExampleOptions> & { readonly from: readonly LlmExample[] }
  /**
   * Pixels: pictures with a longer side are sent smaller, with the package `sharp`. Boxes stay right.
   * @default as large as they are
   */
  readonly maxImageSide?: number
  /** The model may leave a control open when it cannot tell. @default true */
  readonly abstain?: boolean
  /** @default 'stated' */
  readonly confidence?: Confidence
  /** Made by `fitCalibration`: one for all controls, or one for each by name. */
  readonly calibration?: Calibration | Readonly<Record<string, Calibration>>
  /** How often a reply that does not fit is sent back with what is wrong. @default 1 */
  readonly repairs?: number
  /** For one answer, thinking included. @default 4096 */
  readonly maxOutputTokens?: number
  /** Limits that are never passed: in dollars, tokens or requests, for this run and for each day. */
  readonly budget?: BudgetLimits
  /** Keeps the count of a day's spending across restarts: a file, or your own. */
  readonly spendLog?: string | SpendLog
  /** Instead of, or beside, the built-in price table. */
  readonly prices?: Prices
  /** Where replies are kept: a folder, `redisCache(…)`, a store of your own, `false` for nowhere. @default `memoryCache()` */
  readonly cache?: string | ResponseCache | false
  /** Calls in flight at the same time. @default 8 */
  readonly concurrency?: number
  readonly requestsPerMinute?: number
  readonly tokensPerMinute?: number
  /** How often a call is made again after a failure that may pass. @default 5 */
  readonly retries?: number
  /** Milliseconds; a provider that asks for a longer wait is not waited for. @default 120000 */
  readonly maxWait?: number
  /** Time and chance, for tests. */
  readonly clock?: Clock
}

const spend = z.strictObject({
  cost: z.number().min(0).optional(),
  tokens: z.number().min(0).optional(),
  requests: z.number().min(0).optional(),
})
const tokenPrice = {
  input: z.number().min(0),
  output: z.number().min(0),
  cacheRead: z.number().min(0).exactOptional(),
  cacheWrite: z.number().min(0).exactOptional(),
}
const count = z.int().min(1)
const anything = <T>() => z.custom<T>((value) => typeof value === 'object' && value !== null)
const hasMethods = <T>(...names: string[]) =>
  z.custom<T>(
    (value) => typeof value === 'object' && value !== null && names.every((name) => name in value),
    `must have ${names.map((name) => `\`${name}\``).join(' and ')}`,
  )

const optionsSchema = z.strictObject({
  provider: hasMethods<LlmProvider>('name', 'model', 'complete', 'countTokens'),
  name: adapterName('llm'),
  controls: z.array(z.string()).optional(),
  instructions: z.string().optional(),
  template: z.string().optional(),
  promptPrefix: z.string().min(1).optional(),
  examples: z
    .strictObject({
      from: z.array(anything<LlmExample>()),
      count: count.default(4),
      select: z.enum(['fixed', 'similar']).default('similar'),
    })
    .optional(),
  maxImageSide: z.int().min(64).optional(),
  abstain: z.boolean().default(true),
  confidence: z
    .union([z.enum(['stated', 'logprobs', 'none']), z.strictObject({ samples: z.int().min(2).max(50) })])
    .default('stated'),
  calibration: z.union([calibrationSchema, z.record(z.string(), calibrationSchema)]).optional(),
  repairs: z.int().min(0).max(3).default(1),
  maxOutputTokens: count.default(4096),
  budget: z.strictObject({ run: spend.optional(), day: spend.optional() }).default({}),
  spendLog: z.union([z.string().min(1), hasMethods<SpendLog>('spentOn', 'add')]).optional(),
  prices: z
    .record(
      z.string(),
      z.strictObject({ ...tokenPrice, long: z.strictObject({ ...tokenPrice, over: z.number() }).exactOptional() }),
    )
    .default({}),
  cache: z.union([z.string().min(1), hasMethods<ResponseCache>('get', 'set'), z.literal(false)]).optional(),
  concurrency: count.default(8),
  requestsPerMinute: count.default(Number.MAX_SAFE_INTEGER),
  tokensPerMinute: count.default(Number.MAX_SAFE_INTEGER),
  retries: z.int().min(0).default(5),
  maxWait: z.number().min(0).default(120_000),
  clock: anything<Clock>().default(systemClock),
})

/** What providers take, and `llm` does not. */
const PROVIDER_OPTIONS: ReadonlyMap<string, string> = new Map(
  [
    ...['model', 'apiKey', 'baseURL', 'client', 'timeout', 'stream', 'api', 'temperature', 'logprobs'],
    ...['reasoningEffort', 'effort', 'thinking'],
  ].map((name) => [
    name,
    `\`${name}\` is an option of the provider: give it to \`openai\`, \`anthropic\` or \`openaiCompatible\`.`,
  ]),
)

export interface CheckedOptions
  extends Omit<z.output<typeof optionsSchema>, 'template' | 'spendLog' | 'cache' | 'budget'> {
  readonly template: Template | undefined
  readonly budget: BudgetLimits
  readonly spendLog: SpendLog | undefined
  readonly cache: ResponseCache | undefined
  /** Of the provider's model; undefined when the table has none. */
  readonly price: Price | undefined
}

/** @throws PrelabelError `invalid-llm-options`, `invalid-llm-template`, `llm-price-unknown` */
export function readOptions(options: LlmOptions): CheckedOptions {
  const checked = parseOptions({ ...llmOptions('llm'), elsewhere: PROVIDER_OPTIONS }, optionsSchema, options)
  const { provider, confidence, template, spendLog, cache } = checked
  if (confidence === 'logprobs' && !provider.logprobs) {
    throw new PrelabelError(`${provider.name} gives no log-probabilities`, {
      code: 'invalid-llm-options',
      path: 'llm.confidence',
      hint: "Take `confidence: 'stated'` or `{ samples: 5 }`.",
    })
  }
  const price = priceOf({ ...defaultPrices, ...checked.prices }, provider.name, provider.model)
  const budget = options.budget ?? {}
  if (price === undefined && (budget.run?.cost ?? budget.day?.cost) !== undefined) throw noPrice(provider)
  return {
    ...checked,
    budget,
    price,
    template: template === undefined ? undefined : parseTemplate(template),
    spendLog: typeof spendLog === 'string' ? fileSpendLog(spendLog) : spendLog,
    cache: cache === false ? undefined : typeof cache === 'string' ? fileCache(cache) : (cache ?? memoryCache()),
  }
}

function noPrice({ name, model }: LlmProvider): PrelabelError {
  return new PrelabelError(`there is no price for ${name}/${model}, so a budget in dollars cannot be kept`, {
    code: 'llm-price-unknown',
    path: 'llm.budget',
    hint: `Pass \`prices: { '${name}/${model}': { input, output } }\` in dollars for a million tokens, or a budget in tokens or requests.`,
  })
}
