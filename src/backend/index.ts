/** Adapters behind Label Studio's ML backend protocol. */

export type { AuthOptions, AuthPolicy, RouteName } from './auth/options.js'
export {
  type Backend,
  createBackend,
  type InspectedAdapter,
  type Listening,
  type ListenOptions,
  type LoadedAdapter,
  type PlanOptions,
  type PredictOptions,
  type RunBatchOptions,
} from './backend.js'
export { formatReport } from './binding/format-report.js'
export type { BindingReport, ControlReport, Filling } from './binding/report.js'
export { createConsoleLogger, type LogLevel } from './console-logger.js'
export type { Exchange, Incoming, Outgoing } from './http/exchange.js'
export type { FetchHandler } from './http/fetch.js'
export { fastifyPlugin } from './mounts/fastify.js'
export { type NodeHandler, toNodeHandler } from './mounts/node.js'
export type { BackendLimits, BackendOptions } from './options.js'
export type { LateContext, LatePrediction, OnLate } from './predict/finish-late.js'
export type { BackendBatch, BackendPlan } from './predict/plan-tasks.js'
export type { TaskProblem } from './predict/stream-items.js'
export type { TaskAnswer } from './predict/task-answer.js'
export type { WebhookAction, WebhookEvent } from './protocol/webhook-events.js'
export type { Span, SpanAttributes, Tracer } from './tracing.js'
export type { OnWebhook, WebhookContext } from './training/training-jobs.js'
