export type { Aggregation, Entity } from './aggregate.js'
export type { LabelScheme } from './label-scheme.js'
export { type NerModel, ner } from './ner.js'
export type { NerOptions } from './options.js'
