/** Predictions and results exactly as Label Studio spells them on the wire. */

import type { AudioSegmentValue } from './types/audio-segment.js'
import type { BitmaskValue } from './types/bitmask.js'
import type { BrushValue } from './types/brush.js'
import type { ChatMessageValue } from './types/chat-message.js'
import type { ChoicesValue } from './types/choices.js'
import type { DateTimeValue } from './types/date-time.js'
import type { EllipseValue } from './types/ellipse.js'
import type { HypertextSpanValue } from './types/hypertext-span.js'
import type { KeyPointValue } from './types/key-point.js'
import type { OcrBoxValue } from './types/ocr-box.js'
import type { ReactCodeValue } from './types/outputs.js'
import type { ParagraphSpanValue } from './types/paragraph-span.js'
import type { PolygonValue } from './types/polygon.js'
import type { PairwiseValue } from './types/preference.js'
import type { NumberValue, RatingValue } from './types/quantities.js'
import type { RankerValue } from './types/ranking.js'
import type { RectangleValue } from './types/rectangle.js'
import type { SeriesSegmentValue } from './types/series-segment.js'
import type { TaxonomyValue } from './types/taxonomy.js'
import type { TextAreaValue } from './types/text-area.js'
import type { TextSpanValue } from './types/text-span.js'
import type { TimelineValue } from './types/timeline.js'
import type { VectorValue } from './types/vector.js'
import type { VectorTrackValue } from './types/vector-track.js'
import type { TrackValue } from './types/video-track.js'

/** Where a result came from; any other text stops the editor from loading the prediction. */
export type Origin = 'manual' | 'prediction' | 'prediction-changed'

/** What a result may say besides its value. */
export interface ResultExtras {
  /** Region id. Results with the same id are one region; the first one gives its geometry. */
  readonly id?: string
  readonly origin?: Origin
  /** How sure the model is of this region, 0..1. */
  readonly score?: number | null
  /** Free object; `meta.text` is the note that the editor shows. */
  readonly meta?: Readonly<Record<string, unknown>>
  /** Id of the region under which this one stands in the tree. */
  readonly parentID?: string | null
  readonly readonly?: boolean
  readonly hidden?: boolean
  readonly locked?: boolean
  /** Natural size of the picture, in pixels; image regions only. */
  readonly original_width?: number
  readonly original_height?: number
  readonly image_rotation?: number
  /** 0-based page of an `<Image valueList>`. */
  readonly item_index?: number
  /** Length of the audio, in seconds; audio regions only. */
  readonly original_length?: number
  /** False for a key point that says "not here"; interactive requests only. */
  readonly is_positive?: boolean
}

/** A result of one type. */
export interface ControlResult<T extends string, V> extends ResultExtras {
  /** Name of the control tag. */
  readonly from_name: string
  /** Name of the object tag. */
  readonly to_name: string
  readonly type: T
  readonly value: V
}

/** A value of `V` that carries labels under the key `K`. */
export type Labelled<V, K extends string> = V & { readonly [P in K]?: readonly string[] }

type LabelledResult<T extends string, V> = ControlResult<T, Labelled<V, T>>

/** Two regions that have to do with each other. */
export interface RelationResult {
  readonly type: 'relation'
  readonly from_id: string
  readonly to_id: string
  readonly direction: 'left' | 'right' | 'bi'
  readonly labels?: readonly string[]
  /** Relations have none of what other results have. */
  readonly id?: never
  readonly from_name?: never
  readonly to_name?: never
  readonly value?: never
  readonly score?: never
}

/** Every result whose type this library knows; discriminated by `type`. */
export type KnownResult =
  | ControlResult<'rectangle', RectangleValue>
  | LabelledResult<'rectanglelabels', RectangleValue>
  | ControlResult<'ellipse', EllipseValue>
  | LabelledResult<'ellipselabels', EllipseValue>
  | ControlResult<'polygon', PolygonValue>
  | LabelledResult<'polygonlabels', PolygonValue>
  | ControlResult<'keypoint', KeyPointValue>
  | LabelledResult<'keypointlabels', KeyPointValue>
  | ControlResult<'brush', BrushValue>
  | LabelledResult<'brushlabels', BrushValue>
  | ControlResult<'magicwand', BrushValue>
  | ControlResult<'bitmask', BitmaskValue>
  | LabelledResult<'bitmasklabels', BitmaskValue>
  | ControlResult<'vector', VectorValue>
  | LabelledResult<'vectorlabels', VectorValue>
  | LabelledResult<'ocrlabels', OcrBoxValue>
  | LabelledResult<'labels', TextSpanValue | HypertextSpanValue | ParagraphSpanValue | AudioSegmentValue>
  | LabelledResult<'hypertextlabels', HypertextSpanValue>
  | LabelledResult<'paragraphlabels', ParagraphSpanValue>
  | LabelledResult<'timeserieslabels', SeriesSegmentValue>
  | LabelledResult<'timelinelabels', TimelineValue>
  | ControlResult<'videorectangle', Labelled<TrackValue, 'labels'>>
  | ControlResult<'videovector' | 'videovectorlabels', Labelled<VectorTrackValue, 'labels'>>
  | ControlResult<'choices', ChoicesValue>
  | ControlResult<'taxonomy', TaxonomyValue | (TaxonomyValue & (TextSpanValue | HypertextSpanValue))>
  | ControlResult<'textarea', TextAreaValue>
  | ControlResult<'number', NumberValue>
  | ControlResult<'rating', RatingValue>
  | ControlResult<'datetime', DateTimeValue>
  | ControlResult<'pairwise', PairwiseValue>
  | ControlResult<'ranker', RankerValue>
  | ControlResult<'chatmessage', ChatMessageValue>
  | ControlResult<'reactcode', ReactCodeValue>
  | RelationResult

/** A result whose type is not looked at. */
export interface RawResult extends ControlResult<string, Readonly<Record<string, unknown>>> {}

/**
 * A result of a type that this library has never heard of. Its `type` stands for every other text, so that
 * `result.type === 'choices'` narrows and this is what remains in the end.
 */
export interface OtherResult extends ControlResult<'(other)', Readonly<Record<string, unknown>>> {}

/** Any result, discriminated by `type`. */
export type Result = KnownResult | OtherResult

/** What a model says of one task. */
export interface Prediction {
  readonly model_version?: string
  /** 0..1 */
  readonly score?: number | null
  readonly result: readonly Result[]
}

/** True for what has the form of a result: a relation, or a value with the names of its control and object. */
export function isResult(value: unknown): value is Result {
  if (typeof value !== 'object' || value === null || !('type' in value)) return false
  if (value.type === 'relation') return 'from_id' in value && 'to_id' in value
  return typeof value.type === 'string' && 'from_name' in value && 'to_name' in value && 'value' in value
}
