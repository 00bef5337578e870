/** Options of controls as an author writes them in code. */

import { type BuiltTag, builtTag } from './built-tag.js'

/** An option with more than its word. */
export interface OptionRecord {
  readonly value: string
  /** What results carry in place of the value. */
  readonly alias?: string
  /** Class names of models that mean this label. */
  readonly predictedValues?: readonly string[]
  readonly background?: string
  readonly hotkey?: string
  readonly hint?: string
  /** Options beneath: a taxonomy's branches. */
  readonly children?: readonly Option[]
}

export type Option = string | OptionRecord

/** What results carry, of an option and all beneath it. */
export type OptionLabel<O> = O extends string
  ? O
  : OwnLabel<O> | (O extends { children: infer C extends readonly Option[] } ? OptionLabel<C[number]> : never)
type OwnLabel<O> = O extends { alias: infer A extends string }
  ? A
  : O extends { value: infer V extends string }
    ? V
    : never

export function optionTags(tag: 'Label' | 'Choice' | 'Bucket', options: readonly Option[]): BuiltTag[] {
  return options.map((option) => {
    if (tag === 'Bucket') return builtTag(tag, { name: typeof option === 'string' ? option : option.value })
    if (typeof option === 'string') return builtTag(tag, { value: option })
    const { value, alias, predictedValues, background, hotkey, hint, children = [] } = option
    const predicted_values = predictedValues?.join(',')
    return builtTag(tag, { value, alias, predicted_values, background, hotkey, hint }, optionTags(tag, children))
  })
}
