/** Predictions and results exactly as Label Studio spells them on the wire. */

import type { ChoicesValue } from './types/choices.js'
import type { RectangleValue } from './types/rectangle.js'
import type { TextSpanValue } from './types/text-span.js'

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

/** The value of a region that carries labels under the key of its type. */
export type Labelled<V, K extends string> = V & { readonly [P in K]?: readonly string[] }

/** Two regions that have to do with each other. */
export interface RelationResult {
  readonly type: 'relation'
  readonly from_id: string
  readonly to_id: string
  readonly direction: 'left' | 'right' | 'bi'
  readonly labels?: readonly string[]
}

/** Every result whose type this library knows; discriminated by `type`. */
export type KnownResult =
  | ControlResult<'rectangle', RectangleValue>
  | ControlResult<'rectanglelabels', Labelled<RectangleValue, 'rectanglelabels'>>
  | ControlResult<'labels', Labelled<TextSpanValue, 'labels'>>
  | ControlResult<'choices', ChoicesValue>
  | RelationResult

/** A result of a type that this library has never heard of. */
export interface OtherResult extends ControlResult<string, Readonly<Record<string, unknown>>> {}

export type Result = KnownResult | OtherResult

/** What a model says of one task. */
export interface Prediction {
  readonly model_version?: string
  /** 0..1 */
  readonly score?: number | null
  readonly result: readonly Result[]
}
