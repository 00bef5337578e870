export { detection } from './detection.js'
export type { ClassesOutput, DetectionInput, DetectionOptions, RowsOutput, ScoresOutput } from './options.js'
export type { SharedOptions } from './shared-options.js'
