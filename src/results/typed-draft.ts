/** The face of a draft whose config is known to the compiler: wrong names, labels and kinds of result do not compile. */

import type { ConfigShape } from '../config/index.js'
import type {
  ChoiceBuilder,
  ChoicesBuilder,
  ControlBuilder,
  RawBuilder,
  RectangleBuilder,
  SpanBuilder,
} from './builder.js'
import type { DraftOptions, PredictionDraft } from './draft.js'
import type { Surface } from './surface.js'

/** Builders of a control, by its tag. `L` is the union of its labels, `To` the tag of the object it is about. */
interface BuildersByTag<L extends string, Many extends boolean, To> {
  RectangleLabels: RectangleBuilder<L>
  Rectangle: RectangleBuilder<never>
  Labels: To extends 'Text' ? SpanBuilder<L> : RawBuilder
  Choices: Many extends true ? ChoicesBuilder<L> : ChoiceBuilder<L>
}

type ObjectTagOf<S extends ConfigShape, Name> = Name extends keyof S['objects'] ? S['objects'][Name] : never

/** The builders of one control: all of them for a config that is known only at run time. */
export type BuilderOf<S extends ConfigShape, K extends keyof S['controls']> = string extends S['controls'][K]['tag']
  ? ControlBuilder
  : S['controls'][K]['tag'] extends infer T extends keyof BuildersByTag<string, boolean, unknown>
    ? BuildersByTag<
        S['controls'][K]['option'],
        BooleanOf<S['controls'][K]['many']>,
        ObjectTagOf<S, S['controls'][K]['to']>
      >[T]
    : RawBuilder

type BooleanOf<B> = B extends boolean ? B : never

/** A draft for a config of shape `S`. */
export interface TypedDraft<S extends ConfigShape> extends Omit<PredictionDraft, 'control' | 'surface'> {
  /** The builders of a control. */
  control<K extends keyof S['controls'] & string>(name: K): BuilderOf<S, K>
  /** Tells what an object shows, when the draft does not know: its size, its text. `page` is 0-based. */
  surface(objectName: keyof S['objects'] & string, surface: Surface, page?: number): void
}

/** A task with the fields that the config's objects read; it may have more. */
export interface TypedTask<S extends ConfigShape> {
  readonly id?: number | string
  readonly data: Readonly<S['data']> & Readonly<Record<string, unknown>>
}

export interface TypedDraftOptions<S extends ConfigShape> extends Omit<DraftOptions, 'task' | 'surfaces'> {
  readonly task: TypedTask<S>
  /** What the objects show, by name: `{ photo: { width: 1920, height: 1080 } }`; a list for several pages. */
  readonly surfaces?: { readonly [K in keyof S['objects'] & string]?: Surface | readonly Surface[] }
}
