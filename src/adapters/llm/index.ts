/** Labels from language models, with a bill and a confidence. */

export type { BatchRun, RunBatchOptions } from './batch/run-batch.js'
export type { BudgetLimits } from './bill/budget.js'
export { defaultPrices, PRICES_AS_OF } from './bill/price-table.js'
export type { Price, Prices, TokenPrice } from './bill/prices.js'
export type { Spend } from './bill/spend.js'
export { fileSpendLog, type SpendLog } from './bill/spend-log.js'
export type { UsageReport } from './bill/usage-counters.js'
export type { Clock } from './calls/clock.js'
export { fileCache } from './calls/file-cache.js'
export { type RedisCacheOptions, type RedisClient, redisCache } from './calls/redis-cache.js'
export { type MemoryCacheOptions, memoryCache, type ResponseCache } from './calls/response-cache.js'
export {
  type Calibration,
  calibrate,
  expectedCalibrationError,
  fitCalibration,
  type GradedScore,
} from './confidence/calibration.js'
export { gradeTasks } from './confidence/grade-tasks.js'
export { estimateTokens } from './estimate-tokens.js'
export { examplesFromTasks, type LlmExample } from './examples/example.js'
export type { ExampleOptions } from './examples/select-examples.js'
export { type LlmAdapter, llm } from './llm.js'
export { LlmError, type LlmErrorDetails, type LlmErrorKind } from './llm-error.js'
export type { Confidence, LlmOptions } from './options.js'
export type { LlmPlan, PlannedCost, PlannedMessage, PlanOptions, PlanProblem } from './plan/plan-items.js'
export type {
  BatchOutcome,
  CallContext,
  JsonSchema,
  LlmBatchApi,
  LlmImage,
  LlmMessage,
  LlmPart,
  LlmProvider,
  LlmReply,
  LlmRequest,
  LlmToken,
  LlmUsage,
} from './provider.js'
export { type AnthropicClient, type AnthropicOptions, anthropic } from './providers/anthropic.js'
export { type OpenAiOptions, openai } from './providers/openai.js'
export type { OpenAiClient, OpenAiConnection, ReasoningEffort } from './providers/openai-client.js'
export { type OpenAiCompatibleOptions, openaiCompatible } from './providers/openai-compatible.js'
export type { StructuredOutput } from './providers/structured-output.js'
export { toLlmError } from './providers/to-llm-error.js'
