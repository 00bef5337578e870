/** Labeling configs in code: `view(image('photo', '$image'), rectangleLabels('box', 'photo', ['Car']))`. */

export type { Attributes, BuiltTag } from './built-tag.js'
export * from './controls.js'
export { header, printConfig, relations, view, viewWith } from './layout.js'
export * from './objects.js'
export type { Option, OptionLabel, OptionRecord } from './options.js'
