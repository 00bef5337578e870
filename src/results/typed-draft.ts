/** The face of a draft whose config is known to the compiler: wrong names, labels and kinds of result do not compile. */

import type { ConfigShape } from '../config/index.js'
import type {
  BitmaskBuilder,
  BrushBuilder,
  BuiltResult,
  ChatBuilder,
  ChoiceBuilder,
  ChoicesBuilder,
  ControlBuilder,
  DateTimeBuilder,
  EllipseBuilder,
  KeyPointBuilder,
  LabelBuilder,
  NumberBuilder,
  OcrBuilder,
  OutputsBuilder,
  ParagraphSpanBuilder,
  PolygonBuilder,
  PreferenceBuilder,
  RankingBuilder,
  RatingBuilder,
  RawBuilder,
  RectangleBuilder,
  SegmentBuilder,
  SeriesSegmentBuilder,
  SpanBuilder,
  TaxonomyBuilder,
  TaxonomySpanBuilder,
  TextBuilder,
  TimelineBuilder,
  TrackBuilder,
  VectorBuilder,
  VectorTrackBuilder,
} from './builder.js'
import type { DraftOptions, PredictionDraft } from './draft.js'
import type { Surface } from './surface.js'
import type { Choice } from './types/choices.js'

/** Builders of a control, by its tag. `L` is the union of its labels, `To` the tag of the object it is about. */
interface BuildersByTag<L extends string, Many extends boolean, To> {
  Rectangle: RectangleBuilder<never>
  RectangleLabels: RectangleBuilder<L>
  Ellipse: EllipseBuilder<never>
  EllipseLabels: EllipseBuilder<L>
  Polygon: PolygonBuilder<never>
  PolygonLabels: PolygonBuilder<L>
  KeyPoint: KeyPointBuilder<never>
  KeyPointLabels: KeyPointBuilder<L>
  Brush: BrushBuilder<never>
  BrushLabels: BrushBuilder<L>
  MagicWand: BrushBuilder<never>
  Bitmask: BitmaskBuilder<never>
  BitmaskLabels: BitmaskBuilder<L>
  Vector: VectorBuilder<never>
  VectorLabels: VectorBuilder<L>
  OcrLabels: OcrBuilder<L>
  Labels: To extends keyof LabelsByObject<L> ? LabelsByObject<L>[To] : LabelBuilder<L>
  HyperTextLabels: SpanBuilder<L>
  ParagraphLabels: ParagraphSpanBuilder<L>
  TimeSeriesLabels: SeriesSegmentBuilder<L>
  TimelineLabels: TimelineBuilder<L>
  VideoRectangle: TrackBuilder
  VideoVector: VectorTrackBuilder
  VideoVectorLabels: VectorTrackBuilder
  Choices: Many extends true ? ChoicesBuilder<string extends L ? Choice : L> : SingleChoice<L>
  Taxonomy: To extends 'Text' | 'HyperText' ? TaxonomyBuilder<L> & TaxonomySpanBuilder<L> : TaxonomyBuilder<L>
  TextArea: TextBuilder
  Number: NumberBuilder
  Rating: RatingBuilder
  DateTime: DateTimeBuilder
  Pairwise: PreferenceBuilder
  Ranker: RankingBuilder
  Chat: ChatBuilder
  ReactCode: OutputsBuilder
}

/** Choices that come with the task may be nested: then the one choice is a list with its path. */
type SingleChoice<L extends string> = string extends L
  ? ChoiceBuilder<L> & ChoicesBuilder<readonly string[]>
  : ChoiceBuilder<L>

/** `<Labels>` draws by itself on these; on others it labels regions of other controls. */
interface LabelsByObject<L extends string> {
  Text: SpanBuilder<L>
  HyperText: SpanBuilder<L>
  Paragraphs: ParagraphSpanBuilder<L>
  Audio: SegmentBuilder<L>
  AudioPlus: SegmentBuilder<L>
}

type ObjectTagOf<S extends ConfigShape, Name> = Name extends keyof S['objects'] ? S['objects'][Name] : never
type BooleanOf<B> = B extends boolean ? B : never

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

/** A draft for a config of shape `S`. */
export interface TypedDraft<S extends ConfigShape> extends Omit<PredictionDraft, 'control' | 'attach' | 'surface'> {
  /** The builders of a control. */
  control<K extends keyof S['controls'] & string>(name: K): BuilderOf<S, K>
  /** The builders of a control that says something of a region: a label, a transcription, an answer. */
  attach<K extends keyof S['controls'] & string>(region: BuiltResult, name: K): BuilderOf<S, K>
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
