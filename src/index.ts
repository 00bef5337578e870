/** Machine-learning models behind Label Studio: typed labeling configs, checked predictions, adapters, the ML backend protocol. */

export type * from './adapters/adapter.js'
export { defineAdapter } from './adapters/define-adapter.js'
export { PartlyFailed } from './adapters/partly-failed.js'
export {
  type AuthOptions,
  type AuthPolicy,
  type Backend,
  type BackendBatch,
  type BackendLimits,
  type BackendOptions,
  type BackendPlan,
  type BindingReport,
  type ControlReport,
  createBackend,
  createConsoleLogger,
  type Filling,
  fastifyPlugin,
  formatReport,
  type InspectedAdapter,
  type LateContext,
  type LatePrediction,
  type Listening,
  type ListenOptions,
  type LoadedAdapter,
  type LogLevel,
  type OnLate,
  type OnWebhook,
  type PlanOptions,
  type PredictOptions,
  type RouteName,
  type RunBatchOptions,
  type TaskAnswer,
  type TaskProblem,
  type Tracer,
  toNodeHandler,
  type WebhookAction,
  type WebhookContext,
  type WebhookEvent,
} from './backend/index.js'
export { checkConfig, createLabelMap, type LabelingConfig, parseConfig } from './config/index.js'
export { defineConfig, type TypedConfig, type TypedControl } from './define-config.js'
export { type ErrorDetails, PrelabelError } from './errors.js'
export { formatIssues, hasErrors, type Issue, IssuesError, type Position, type Severity } from './issues.js'
export type * from './results/findings.js'
export {
  createDraft,
  isResult,
  type Prediction,
  type PredictionDraft,
  type Prompt,
  type PromptKind,
  type Result,
  readAnnotations,
  readPrediction,
  repairPrediction,
  type Task,
  validateBatch,
  validatePrediction,
} from './results/index.js'
