/** The face of a control in a draft: one method for each way to say something. */

import type { ControlTag } from '../config/index.js'
import type { Origin, OtherResult } from './result.js'
import type { AudioSegmentShape } from './types/audio-segment.js'
import type { BitmaskShape } from './types/bitmask.js'
import type { BrushShape } from './types/brush.js'
import type { ChatMessage } from './types/chat-message.js'
import type { Choice } from './types/choices.js'
import type { EllipseShape } from './types/ellipse.js'
import type { KeyPointShape } from './types/key-point.js'
import type { OcrBoxShape } from './types/ocr-box.js'
import type { Outputs } from './types/outputs.js'
import type { ParagraphSpanShape } from './types/paragraph-span.js'
import type { PolygonShape } from './types/polygon.js'
import type { RectangleShape } from './types/rectangle.js'
import type { SeriesSegmentShape } from './types/series-segment.js'
import type { TaxonomyPath } from './types/taxonomy.js'
import type { SpanShape } from './types/text-span.js'
import type { TimelineShape } from './types/timeline.js'
import type { VectorShape } from './types/vector.js'
import type { VectorTrackShape } from './types/vector-track.js'
import type { TrackShape } from './types/video-track.js'

/** A result in a draft, whatever its type. Its `id` is the region's. */
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

/** One label, or a list of them; nothing for a control without labels. */
export type LabelInput<L extends string> = [L] extends [never]
  ? object
  : { readonly label: L; readonly labels?: never } | { readonly labels: readonly L[]; readonly label?: never }

/** A region as builders take it: its shape, its labels, its options. */
export type RegionInput<Shape, L extends string> = Omit<Shape, 'kind'> & LabelInput<L> & ResultOptions

/** A region of a control that is known only at run time. */
export type AnyRegionInput<Shape> = Omit<Shape, 'kind'> & AnyLabels & ResultOptions
export interface AnyLabels {
  readonly label?: string
  readonly labels?: readonly string[]
  /** Of a `<Taxonomy labeling="true">`, in place of labels. */
  readonly paths?: readonly TaxonomyPath[]
}

export interface RectangleBuilder<L extends string> {
  /** Draws a rectangle; `rotation` turns it about its top-left corner. */
  rectangle(region: RegionInput<RectangleShape, L>): BuiltResult
}
export interface EllipseBuilder<L extends string> {
  ellipse(region: RegionInput<EllipseShape, L>): BuiltResult
}
export interface PolygonBuilder<L extends string> {
  polygon(region: RegionInput<PolygonShape, L>): BuiltResult
}
export interface KeyPointBuilder<L extends string> {
  keyPoint(region: RegionInput<KeyPointShape, L>): BuiltResult
}
export interface BrushBuilder<L extends string> {
  /** Draws a brush stroke from a mask of the picture's size. */
  brush(region: RegionInput<BrushShape, L>): BuiltResult
}
export interface BitmaskBuilder<L extends string> {
  /** Draws a bitmask from a mask of the picture's size. */
  bitmask(region: RegionInput<BitmaskShape, L>): BuiltResult
}
export interface VectorBuilder<L extends string> {
  vector(region: RegionInput<VectorShape, L>): BuiltResult
}
export interface OcrBuilder<L extends string> {
  /** Draws a rectangle around a text. */
  ocr(region: RegionInput<OcrBoxShape, L>): BuiltResult
}
export interface SpanBuilder<L extends string> {
  /** Marks a stretch of text. */
  span(region: RegionInput<SpanShape, L>): BuiltResult
}
export interface ParagraphSpanBuilder<L extends string> {
  /** Marks a stretch of a dialogue. */
  paragraphSpan(region: RegionInput<ParagraphSpanShape, L>): BuiltResult
}
export interface SegmentBuilder<L extends string> {
  /** Marks a stretch of sound. */
  segment(region: RegionInput<AudioSegmentShape, L>): BuiltResult
}
export interface SeriesSegmentBuilder<L extends string> {
  /** Marks a stretch of a time series. */
  seriesSegment(region: RegionInput<SeriesSegmentShape, L>): BuiltResult
}
export interface TimelineBuilder<L extends string> {
  /** Marks frames of a video. */
  timeline(region: RegionInput<TimelineShape, L>): BuiltResult
}
export interface TrackBuilder {
  /** Follows a rectangle through a video. Labels are those of the `<Labels>` beside the control. */
  track(region: AnyRegionInput<TrackShape>): BuiltResult
}
export interface VectorTrackBuilder {
  /** Follows a line through a video. */
  vectorTrack(region: AnyRegionInput<VectorTrackShape>): BuiltResult
}
export interface LabelBuilder<L extends string> {
  /** Labels a region of another control: reach it with `draft.attach(region, name)`. */
  label(label: L | readonly L[], options?: ResultOptions): BuiltResult
}
export interface ChoiceBuilder<C extends string> {
  /** Picks one choice. */
  choose(choice: C, options?: ResultOptions): BuiltResult
}
export interface ChoicesBuilder<C extends Choice> {
  /** Picks any number of choices. */
  choose(choices: readonly C[], options?: ResultOptions): BuiltResult
}
export interface TaxonomyBuilder<L extends string> {
  /** Picks nodes by their paths from a root: `[['Animal', 'Dog']]`. */
  classify(paths: readonly (readonly L[])[], options?: ResultOptions): BuiltResult
}
export interface TaxonomySpanBuilder<L extends string> {
  /** Marks a stretch of text with nodes: for a `<Taxonomy labeling="true">`. */
  span(region: Omit<SpanShape, 'kind'> & { readonly paths: readonly (readonly L[])[] } & ResultOptions): BuiltResult
}
export interface TextBuilder {
  /** Writes a text; a list is several lines of the text area. */
  text(text: string | readonly string[], options?: ResultOptions): BuiltResult
}
export interface NumberBuilder {
  number(value: number, options?: ResultOptions): BuiltResult
}
export interface RatingBuilder {
  /** Gives whole stars. */
  rate(stars: number, options?: ResultOptions): BuiltResult
}
export interface DateTimeBuilder {
  /** Says a date or time in the control's format. */
  dateTime(value: string, options?: ResultOptions): BuiltResult
}
export interface PreferenceBuilder {
  /** Says which of two objects is better: left is the first of `toName`. */
  prefer(side: 'left' | 'right', options?: ResultOptions): BuiltResult
}
export interface RankingBuilder {
  /** Orders items by their ids, best first; with buckets, in each bucket. */
  rank(order: readonly string[] | Readonly<Record<string, readonly string[]>>, options?: ResultOptions): BuiltResult
}
export interface ChatBuilder {
  message(message: ChatMessage, options?: ResultOptions): BuiltResult
}
export interface OutputsBuilder {
  /** Says what the fields of `outputs` are. */
  give(outputs: Outputs, options?: ResultOptions): BuiltResult
}
export interface RawBuilder {
  /** Says a value as it stands on the wire: for tags that this library has never heard of. */
  result(value: Readonly<Record<string, unknown>>, options?: ResultOptions): BuiltResult
}

/** A control of a config that is known only at run time: all ways are there, and the wrong ones throw. */
export interface ControlBuilder
  extends TrackBuilder,
    VectorTrackBuilder,
    LabelBuilder<string>,
    TaxonomyBuilder<string>,
    TextBuilder,
    NumberBuilder,
    RatingBuilder,
    DateTimeBuilder,
    PreferenceBuilder,
    RankingBuilder,
    ChatBuilder,
    OutputsBuilder,
    RawBuilder {
  readonly control: ControlTag
  rectangle(region: AnyRegionInput<RectangleShape>): BuiltResult
  ellipse(region: AnyRegionInput<EllipseShape>): BuiltResult
  polygon(region: AnyRegionInput<PolygonShape>): BuiltResult
  keyPoint(region: AnyRegionInput<KeyPointShape>): BuiltResult
  brush(region: AnyRegionInput<BrushShape>): BuiltResult
  bitmask(region: AnyRegionInput<BitmaskShape>): BuiltResult
  vector(region: AnyRegionInput<VectorShape>): BuiltResult
  ocr(region: AnyRegionInput<OcrBoxShape>): BuiltResult
  span(region: AnyRegionInput<SpanShape>): BuiltResult
  paragraphSpan(region: AnyRegionInput<ParagraphSpanShape>): BuiltResult
  segment(region: AnyRegionInput<AudioSegmentShape>): BuiltResult
  seriesSegment(region: AnyRegionInput<SeriesSegmentShape>): BuiltResult
  timeline(region: AnyRegionInput<TimelineShape>): BuiltResult
  choose(choice: Choice | readonly Choice[], options?: ResultOptions): BuiltResult
}
