export { type ComposedModel, compose } from './compose.js'
export type { ComposeOptions, MergeRule } from './options.js'
export { type AskRegionsModel, askRegions } from './regions/ask-regions.js'
export type { AskRegionsOptions } from './regions/ask-regions-options.js'
