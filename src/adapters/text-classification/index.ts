export type { TextClassificationOptions } from './options.js'
export { type TextClassificationModel, textClassification } from './text-classification.js'
