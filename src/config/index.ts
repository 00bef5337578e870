/** The labeling config: read at run time, and typed at compile time when it is a literal. */

export { findControl, findObject, objectsOf } from './find-tag.js'
export type { Checked } from './infer/checked.js'
export type { AnyShape, ConfigShape, ControlShape, ShapeOf } from './infer/shape.js'
export {
  createLabelMap,
  type LabelMap,
  type LabelMapOptions,
  type LabelMapReport,
  type LabelRule,
} from './label-map.js'
export type { ControlTag, LabelingConfig, LabelOption, ObjectTag } from './labeling-config.js'
export { type CheckedConfig, checkConfig, parseConfig } from './parse-config.js'
export { readField } from './read-field.js'
