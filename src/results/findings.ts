/**
 * The neutral form: what a model found, in its own units and with class names of its own. Adapters speak only this;
 * the renderers of this room turn it into results for whatever control the project has.
 *
 * Pictures: x to the right, y down, origin at the top left of the picture as the editor shows it (EXIF turn applied).
 * Texts: offsets into the text the adapter was given, as JavaScript string indices (UTF-16 units), end exclusive.
 */

/** Pixels of the shown picture, fractions of its size (0..1), or percent (0..100). */
export type Unit = 'pixel' | 'fraction' | 'percent'

/** One class and how sure the model is of it, 0..1. */
export interface ClassScore {
  readonly label: string
  readonly score?: number
}

/** A class that is a node of a tree. */
export interface NodeScore extends ClassScore {
  /**
   * Labels of the control from the root to the node that is meant: for trees that have the same label in several places.
   * Where a control has no such path, `label` counts.
   */
  readonly path: readonly string[]
}

/** What the whole object is: one or more classes, best first. */
export interface Classification {
  readonly kind: 'classification'
  readonly classes: readonly (ClassScore | NodeScore)[]
}

/** A box; with `rotation` (degrees, clockwise, about its centre) an oriented one: x, y, width, height are those before the turn. */
export interface Box {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
  readonly rotation?: number
}

interface Found {
  readonly label: string
  /** 0..1 */
  readonly score?: number
  /** What is said of it beside its label: for the `perRegion` controls of the object. */
  readonly answers?: readonly RegionAnswer[]
}

/** A thing in the picture, by its box. */
export interface Detection extends Found {
  readonly kind: 'detection'
  readonly box: Box
  /** @default 'pixel' */
  readonly unit?: Unit
  /** What is written in it: for a `<TextArea perRegion>` beside its control. Several texts are several lines. */
  readonly text?: string | readonly string[]
}

/** One byte a pixel, row by row; 0 is outside, anything else inside. */
export interface MaskPixels {
  /** Size of the whole mask, as large as its picture. */
  readonly width: number
  readonly height: number
  readonly data: Uint8Array
  /**
   * The area in pixels that `data` covers; all around it is outside. So a small thing in a large picture takes little memory.
   * @default the whole mask
   */
  readonly crop?: { readonly x: number; readonly y: number; readonly width: number; readonly height: number }
}

/** A thing in the picture, by its pixels. The mask has the size of the shown picture. */
export interface Mask extends Found {
  readonly kind: 'mask'
  readonly mask: MaskPixels
  /** The box the model gave with it, in pixels. */
  readonly box?: Box
}

/** One point of a skeleton. */
export interface PosePoint {
  readonly x: number
  readonly y: number
  readonly score?: number
  /** The class name of the point, when the model has one. */
  readonly label?: string
}

/** A skeleton: points in the model's order, with the box around them. */
export interface Pose extends Found {
  readonly kind: 'pose'
  readonly points: readonly PosePoint[]
  readonly box?: Box
  /** Where `control` names the one for the points: the control for the box that they stand under, by name. */
  readonly boxControl?: string
  /** @default 'pixel' */
  readonly unit?: Unit
}

/** A stretch of text. For dialogues, `utterance` is the 0-based index and offsets are inside that utterance. */
export interface Span extends Found {
  readonly kind: 'span'
  readonly start: number
  readonly end: number
  readonly utterance?: number
}

/**
 * A stretch of time in audio or a series: seconds, or values of the time column; for a `<TimeSeries timeFormat>`, whose
 * column is text, seconds since 1970 (UTC).
 */
export interface Segment extends Found {
  readonly kind: 'segment'
  readonly start: number
  readonly end: number
  readonly channel?: number
  /** What is said in it: for a `<TextArea perRegion>` beside its control. */
  readonly text?: string | readonly string[]
}

/** Text that the model wrote: a caption, a summary, a transcription. Several texts are several lines of a `<TextArea>`. */
export interface FreeText {
  readonly kind: 'text'
  readonly text: string | readonly string[]
  readonly score?: number
}

/** A number: for `<Number>` and `<Rating>`. */
export interface Quantity {
  readonly kind: 'number'
  readonly value: number
  readonly score?: number
}

/** A date or time, as text in the control's format. */
export interface Moment {
  readonly kind: 'datetime'
  readonly value: string
  readonly score?: number
}

/** What is said of one found thing: for the `perRegion` control that it names. */
export type RegionAnswer = (Classification | FreeText | Quantity | Moment) & { readonly control: string }

/** Which of two things is better: for `<Pairwise>`. */
export interface Preference {
  readonly kind: 'preference'
  readonly selected: 'left' | 'right'
  readonly score?: number
}

/** An order of items by their ids, or items sorted into buckets: for `<Ranker>`. */
export interface Ranking {
  readonly kind: 'ranking'
  readonly order: readonly string[] | Readonly<Record<string, readonly string[]>>
  readonly score?: number
}

/** One key frame of a track; frames count from 1. */
export interface TrackFrame {
  readonly frame: number
  readonly box: Box
  /** False ends a stretch in which the thing is seen. @default true */
  readonly enabled?: boolean
  /** Seconds, as the editor writes it: the frame by the frame rate that it counts with. @default by `framesCount` and `duration` */
  readonly time?: number
}

/** A thing followed through a video. */
export interface Track extends Found {
  readonly kind: 'track'
  readonly frames: readonly TrackFrame[]
  readonly framesCount: number
  /** Seconds. */
  readonly duration: number
  /** @default 'percent' */
  readonly unit?: Unit
  /** Size of the shown picture, in pixels: what pixels and turned boxes are placed by. @default what the video's surface says */
  readonly picture?: { readonly width: number; readonly height: number }
}

/** Stretches of frames (1-based, both ends included) that share a class: for `<TimelineLabels>`. */
export interface Timeline extends Found {
  readonly kind: 'timeline'
  readonly ranges: readonly { readonly start: number; readonly end: number }[]
}

/** One thing that a model says of one object of one task. */
export type Finding = (
  | Classification
  | Detection
  | Mask
  | Pose
  | Span
  | Segment
  | FreeText
  | Quantity
  | Moment
  | Preference
  | Ranking
  | Track
  | Timeline
) & {
  /** Restricts the finding to one control by name; without it every bound control that can show the finding gets it. */
  readonly control?: string
  /** 0-based page of an `<Image valueList>`. */
  readonly itemIndex?: number
}

export type FindingKind = Finding['kind']
