/** The labeling config: read at run time, and typed at compile time when it is a literal. */

export type { Attributes, BuiltTag, Option, OptionRecord } from './build/index.js'
export * as tags from './build/index.js'
export { printConfig } from './build/index.js'
export { compareConfigs } from './compare-configs.js'
export { findControl, findObject, objectsOf } from './find-tag.js'
export type { Checked } from './infer/checked.js'
export {
  type AnyShape,
  type ConfigShape,
  type ControlShape,
  type ShapedXml,
  type ShapeOf,
  shapedXml,
} from './infer/shape.js'
export {
  createLabelMap,
  type LabelMap,
  type LabelMapOptions,
  type LabelMapReport,
  type LabelRule,
} from './label-map.js'
export type { ControlTag, LabelingConfig, LabelOption, ObjectTag, ShownWhen } from './labeling-config.js'
export { type CheckedConfig, checkConfig, parseConfig } from './parse-config.js'
export { printTypes } from './print-types.js'
export { readField } from './read-field.js'
export { type SampleTask, sampleTasks } from './sample-tasks.js'
export { type ModelOutput, type SuggestedKind, type SuggestedObject, suggestConfig } from './suggest-config.js'
export { readAttributes } from './tags/read-attributes.js'
export {
  type AttributesOf,
  type ControlTagName,
  canonicalTag,
  type ObjectTagName,
  type TagName,
} from './tags/tag-table.js'
export { taskJsonSchema, taskSchema } from './task-schema.js'
export { type JsonSchema, valueJsonSchema } from './value-json-schema.js'
