export { type AskRegionsModel, askRegions } from './ask-regions.js'
export type { AskRegionsOptions } from './ask-regions-options.js'
export { type ComposedModel, compose } from './compose.js'
export type { ComposeOptions, MergeRule } from './options.js'
