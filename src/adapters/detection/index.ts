export { detection } from './detection.js'
export { type EnsembleOptions, ensemble } from './ensemble.js'
export type { ClassesOutput, DetectionInput, DetectionOptions, RowsOutput, ScoresOutput } from './options.js'
export type { ModelSource, SharedOptions } from './shared-options.js'
