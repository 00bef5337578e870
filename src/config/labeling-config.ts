/** The labeling config as the library sees it at run time: what the tags say, by name, with where each stands in the XML. */

import type { Issue, Position } from '../issues.js'

/** A `<Label>`, `<Choice>`, taxonomy node or other child that gives a control its vocabulary. */
export interface LabelOption {
  /** What results carry: the alias if there is a non-empty one, else the value. */
  readonly label: string
  readonly value: string
  readonly alias?: string
  /** Class names of models that mean this label: the comma list of `predicted_values`, trimmed. */
  readonly predictedValues: readonly string[]
  readonly hint?: string
  /** All attributes as written, by their exact names. */
  readonly attributes: Readonly<Record<string, string>>
  /** Nested choices (Taxonomy, nested Choices); empty elsewhere. */
  readonly children: readonly LabelOption[]
  readonly position: Position
}

/** What must be selected elsewhere for a control to be shown. */
export interface ShownWhen {
  /** `region-selected`, `choice-selected`, `no-region-selected`, `choice-unselected`. */
  readonly visibleWhen?: string
  readonly tagName?: string
  readonly labels?: readonly string[]
  readonly choices?: readonly string[]
}

/** A tag with `name` and `toName`: something that a prediction may say. */
export interface ControlTag {
  readonly kind: 'control'
  readonly name: string
  /** The tag in Label Studio's spelling (`RectangleLabels`, also for `rectanglelabels`), or as written when this library has never heard of it. */
  readonly tag: string
  /** Names of the object tags it is about. */
  readonly toName: readonly string[]
  /** Top-level options in document order; for most controls the whole vocabulary. */
  readonly options: readonly LabelOption[]
  /** Every label that a result may carry, nested ones included, without duplicates, in document order. */
  readonly labels: readonly string[]
  /** The task field of `value="$field"` that brings further options with each task. */
  readonly dynamicOptions?: string
  /** True when results may carry labels that `labels` lacks: options that come with the task (`dynamicOptions`) or from `apiUrl`. */
  readonly openVocabulary?: boolean
  /** `type` of its results: the lower-cased tag, save the exceptions of Label Studio. */
  readonly resultType: string
  /** The key of `value` that holds what it says: `rectanglelabels`, `choices`, `text`, `selected`, … */
  readonly valueKey: string
  /** More than one choice may be given: `choice="multiple"`. */
  readonly multiple: boolean
  readonly perRegion: boolean
  readonly perItem: boolean
  /** When the control is shown, as far as the tag itself says so. */
  readonly shownWhen?: ShownWhen
  /** The `on` of the `<Repeater>` around it: there is one for each item of that list of the task, with its index in the name. */
  readonly repeatedOn?: string
  /** All attributes as written, vendor ones (`model_*`) included. */
  readonly attributes: Readonly<Record<string, string>>
  /** `View/RectangleLabels[box]` */
  readonly path: string
  readonly position: Position
}

/** A tag with `name` and `value` (or `valueList`): something that is shown, and what it reads from the task. */
export interface ObjectTag {
  readonly kind: 'object'
  readonly name: string
  /** The tag in Label Studio's spelling: `Image`, `Text`, …; as written when this library has never heard of it. */
  readonly tag: string
  /** The `value` or `valueList` attribute as written. */
  readonly value: string
  /** True when it came from `valueList`: the field holds a list of pages. */
  readonly list: boolean
  /** The path in the task's data when the value is exactly `$path`: `image`, `doc.pages[0]`. */
  readonly field?: string
  /** The `on` of the `<Repeater>` around it. */
  readonly repeatedOn?: string
  readonly attributes: Readonly<Record<string, string>>
  readonly path: string
  readonly position: Position
}

/** A parsed labeling config without errors. */
export interface LabelingConfig {
  /** The XML it was read from. */
  readonly xml: string
  /** By name, in document order. Names inside a `<Repeater>` keep their placeholder (`page_{{idx}}`); look up with `findControl`. */
  readonly controls: ReadonlyMap<string, ControlTag>
  readonly objects: ReadonlyMap<string, ObjectTag>
  /** Labels of `<Relations>`, when the config has that tag. */
  readonly relations?: readonly LabelOption[]
  /** Warnings only; a config with errors is never made. */
  readonly issues: readonly Issue[]
}
