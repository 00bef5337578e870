/** From what a model says to a config that can hold it, so that a new project can start from the model. */

import { type BuiltTag, builtTag } from './build/built-tag.js'
import { type PrintedConfig, view } from './build/layout.js'
import { optionTags } from './build/options.js'
import { printXml } from './xml/print-xml.js'

/** For each kind of output: the control that shows it, its name, the object it is usually shown on, its options. */
const FITTING = {
  classification: { tag: 'Choices', name: 'class', on: 'Image', option: 'Choice' },
  detection: { tag: 'RectangleLabels', name: 'box', on: 'Image', option: 'Label' },
  mask: { tag: 'BrushLabels', name: 'mask', on: 'Image', option: 'Label' },
  pose: { tag: 'KeyPointLabels', name: 'point', on: 'Image', option: 'Label' },
  span: { tag: 'Labels', name: 'span', on: 'Text', option: 'Label' },
  segment: { tag: 'Labels', name: 'segment', on: 'Audio', option: 'Label' },
  track: { tag: 'VideoRectangle', name: 'track', on: 'Video', option: undefined },
  timeline: { tag: 'TimelineLabels', name: 'timeline', on: 'Video', option: 'Label' },
  text: { tag: 'TextArea', name: 'answer', on: 'Text', option: undefined },
  number: { tag: 'Number', name: 'number', on: 'Text', option: undefined },
  datetime: { tag: 'DateTime', name: 'date', on: 'Text', option: undefined },
} as const
type Fitting = typeof FITTING

/** Objects that a suggestion can show, and the field of the task that they read. */
const FIELDS = {
  Image: 'image',
  Text: 'text',
  HyperText: 'html',
  Paragraphs: 'dialogue',
  Audio: 'audio',
  Video: 'video',
  TimeSeries: 'series',
} as const
type Fields = typeof FIELDS

/** Regions of text and time have a tag for each object. */
const TAGS_BY_OBJECT = {
  span: { HyperText: 'HyperTextLabels', Paragraphs: 'ParagraphLabels' },
  segment: { TimeSeries: 'TimeSeriesLabels', Video: 'TimelineLabels' },
} as const
type TagsByObject = typeof TAGS_BY_OBJECT

/** Kinds of output for which a config can be suggested. */
export type SuggestedKind = keyof Fitting
/** Object tags that a suggestion can show. */
export type SuggestedObject = keyof Fields

/** What a suggestion starts from. */
export interface ModelOutput<K extends readonly SuggestedKind[], C extends string, O extends SuggestedObject> {
  /** What the model says; each kind gets a control. */
  readonly kinds: K
  /** The model's class names; without them the labels are expected to come with each task, in the field `labels`. */
  readonly classes?: readonly C[]
  /** What the model looks at. @default what the first kind is usually shown on */
  readonly object?: O
}

/**
 * Suggests a config for a model: XML that keeps its types.
 *
 * @example suggestConfig({ kinds: ['detection'], classes: ['car', 'bus'] })
 */
export function suggestConfig<
  const K extends readonly [SuggestedKind, ...SuggestedKind[]],
  const C extends string = string,
  const O extends SuggestedObject = Fitting[K[0]]['on'],
>(output: ModelOutput<K, C, O>): PrintedConfig<ObjectElement<O> | ControlElements<K[number], C, O>>
export function suggestConfig({
  kinds,
  classes,
  object = FITTING[kinds[0] ?? 'detection'].on,
}: ModelOutput<readonly SuggestedKind[], string, SuggestedObject>): string {
  const field = FIELDS[object]
  const controls = [...new Set(kinds)].flatMap((kind) => controlsFor(kind, object, classes))
  return printXml(view(builtTag(object, { name: field, value: `$${field}`, ...fieldForm(object) }), ...controls))
}

/** The data of a suggestion stands in the task itself wherever the tag allows both. */
function fieldForm(object: SuggestedObject): Record<string, string> {
  return object === 'TimeSeries' ? { valueType: 'json' } : {}
}

function controlsFor(kind: SuggestedKind, object: SuggestedObject, classes: readonly string[] | undefined): BuiltTag[] {
  const { name, option } = FITTING[kind]
  const toName = FIELDS[object]
  const withOptions = (tag: string, name: string, option: 'Label' | 'Choice') =>
    classes === undefined
      ? builtTag(tag, { name, toName, value: '$labels' })
      : builtTag(tag, { name, toName }, optionTags(option, classes))
  if (option !== undefined) return [withOptions(tagFor(kind, object), name, option)]
  const tool = builtTag(tagFor(kind, object), { name, toName })
  return kind === 'track' ? [tool, withOptions('Labels', 'label', 'Label')] : [tool]
}

function tagFor(kind: SuggestedKind, object: SuggestedObject): string {
  const byObject: Partial<Record<SuggestedObject, string>> =
    kind === 'span' || kind === 'segment' ? TAGS_BY_OBJECT[kind] : {}
  return byObject[object] ?? FITTING[kind].tag
}

type ObjectElement<O extends SuggestedObject> = {
  tag: O
  attributes: { name: Fields[O]; value: `$${Fields[O]}` } & (O extends 'TimeSeries' ? { valueType: 'json' } : unknown)
  options: never
}

type TagFor<K extends SuggestedKind, O extends SuggestedObject> = K extends keyof TagsByObject
  ? O extends keyof TagsByObject[K]
    ? TagsByObject[K][O] & string
    : Fitting[K]['tag']
  : Fitting[K]['tag']

type ControlElements<K extends SuggestedKind, C extends string, O extends SuggestedObject> =
  | (K extends SuggestedKind
      ? {
          tag: TagFor<K, O>
          attributes: { name: Fitting[K]['name']; toName: Fields[O] }
          options: Fitting[K]['option'] extends string ? C : never
        }
      : never)
  | (K extends 'track' ? { tag: 'Labels'; attributes: { name: 'label'; toName: Fields[O] }; options: C } : never)
