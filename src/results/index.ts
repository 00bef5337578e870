/** What may be said back: result types, drafts, readers, validation, and the neutral form that adapters speak. */

export type * from './builder.js'
export { createDraft, type DraftOptions, type PredictionDraft, type RelationOptions } from './draft.js'
export type * from './findings.js'
export * from './geometry/index.js'
export * from './interop/index.js'
export * from './mask/index.js'
export { predictionScore, type ScoreRule } from './prediction-score.js'
export type * from './read/prompt.js'
export { type AnnotationFilter, type ReadAnnotation, readAnnotations } from './read/read-annotations.js'
export { type ReadPrediction, readPrediction } from './read/read-predictions.js'
export { type ReadOptions, readResults } from './read/read-results.js'
export type * from './read/region.js'
export * from './render/index.js'
export * from './result.js'
export type { DialogueSurface, ImageSurface, Surface, TextSurface } from './surface.js'
export type { GivenSurfaces } from './surfaces.js'
export type { Task } from './task.js'
export * from './text/index.js'
export type * from './typed-draft.js'
export {
  type InvalidMode,
  type RepairedPrediction,
  type RepairOptions,
  repairPrediction,
} from './validate/repair-prediction.js'
export { validateBatch } from './validate/validate-batch.js'
export { type ValidateOptions, validatePrediction } from './validate/validate-prediction.js'
