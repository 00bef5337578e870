/** The face of a control in a draft: one method for each way to say something. */

import type { ControlTag } from '../config/index.js'
import type { Origin, OtherResult } from './result.js'
import type { Choice } from './types/choices.js'
import type { RectangleShape } from './types/rectangle.js'
import type { SpanShape } from './types/text-span.js'

/** A result in a draft. Its `id` is the region's. */
export type BuiltResult = OtherResult & { readonly id: string }

/** What may be said of any result besides what it is. */
export interface ResultOptions {
  /** 0..1 */
  readonly score?: number
  /** Free object; `meta.text` is the note that the editor shows. */
  readonly meta?: Readonly<Record<string, unknown>>
  /** The region under which it stands in the tree. */
  readonly parent?: { readonly id: string }
  readonly readonly?: boolean
  readonly hidden?: boolean
  readonly origin?: Origin
  /** 0-based page of an `<Image valueList>`. */
  readonly itemIndex?: number
  /** The object it is about, for controls with several in `toName`. @default the first */
  readonly to?: string
  /** An id of your own instead of the hash of the content. */
  readonly id?: string
}

/** One label or several; none for a control without labels. */
export type LabelInput<L extends string> = [L] extends [never]
  ? { readonly label?: never; readonly labels?: never }
  : { readonly label?: L; readonly labels?: never } | { readonly labels: readonly L[]; readonly label?: never }

/** A region as builders take it: its shape, its labels, its options. */
export type RegionInput<Shape, L extends string> = Omit<Shape, 'kind'> & LabelInput<L> & ResultOptions

/** Draws rectangles. */
export interface RectangleBuilder<L extends string> {
  rectangle(region: RegionInput<RectangleShape, L>): BuiltResult
}

/** Marks stretches of text. */
export interface SpanBuilder<L extends string> {
  span(region: RegionInput<SpanShape, L>): BuiltResult
}

/** Picks one choice. */
export interface ChoiceBuilder<C extends Choice> {
  choose(choice: C, options?: ResultOptions): BuiltResult
}

/** Picks any number of choices. */
export interface ChoicesBuilder<C extends Choice> {
  choose(choices: readonly C[], options?: ResultOptions): BuiltResult
}

/** Says a value as it stands on the wire: for tags that this library has never heard of. */
export interface RawBuilder {
  result(value: Readonly<Record<string, unknown>>, options?: ResultOptions): BuiltResult
}

/** A control of a config that is known only at run time: all ways are there, and the wrong ones throw. */
export interface ControlBuilder extends RectangleBuilder<string>, SpanBuilder<string>, RawBuilder {
  readonly control: ControlTag
  choose(choice: Choice | readonly Choice[], options?: ResultOptions): BuiltResult
}
