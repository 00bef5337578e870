export { type ComposedModel, compose } from './compose.js'
export type { ComposeOptions, MergeRule } from './options.js'
