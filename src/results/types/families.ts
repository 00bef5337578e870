/** Which shape the results of a control have on an object, and what they say beside it. */

import type { ControlTag, ObjectTag } from '../../config/index.js'
import { audioSegment } from './audio-segment.js'
import { bitmask } from './bitmask.js'
import { brush } from './brush.js'
import { chatMessage } from './chat-message.js'
import { choices } from './choices.js'
import { dateTime } from './date-time.js'
import { ellipse } from './ellipse.js'
import { hypertextSpan } from './hypertext-span.js'
import { keyPoint } from './key-point.js'
import { labels, videoLabels } from './labels.js'
import { ocrBox } from './ocr-box.js'
import { outputs } from './outputs.js'
import { paragraphSpan } from './paragraph-span.js'
import { polygon } from './polygon.js'
import { preference } from './preference.js'
import { number, rating } from './quantities.js'
import { ranking } from './ranking.js'
import { rectangle } from './rectangle.js'
import type { UncheckedSay } from './say-type.js'
import { seriesSegment } from './series-segment.js'
import type { UncheckedShape } from './shape-type.js'
import { taxonomy } from './taxonomy.js'
import { textArea } from './text-area.js'
import { textSpan } from './text-span.js'
import { timeline } from './timeline.js'
import { vector } from './vector.js'
import { vectorTrack } from './vector-track.js'
import { videoTrack } from './video-track.js'

/** Shapes of the tags that always draw the same one. */
const shapes = new Map(
  Object.entries({
    Rectangle: rectangle,
    RectangleLabels: rectangle,
    Ellipse: ellipse,
    EllipseLabels: ellipse,
    Polygon: polygon,
    PolygonLabels: polygon,
    KeyPoint: keyPoint,
    KeyPointLabels: keyPoint,
    Brush: brush,
    BrushLabels: brush,
    MagicWand: brush,
    Bitmask: bitmask,
    BitmaskLabels: bitmask,
    Vector: vector,
    VectorLabels: vector,
    OcrLabels: ocrBox,
    HyperTextLabels: hypertextSpan,
    ParagraphLabels: paragraphSpan,
    TimeSeriesLabels: seriesSegment,
    TimelineLabels: timeline,
    VideoRectangle: videoTrack,
    VideoVector: vectorTrack,
    VideoVectorLabels: vectorTrack,
  }),
)

/** Shapes that `<Labels>` and a labelling `<Taxonomy>` draw, by object tag; on others they label regions of other controls. */
const spans = new Map(
  Object.entries({
    Text: textSpan,
    HyperText: hypertextSpan,
    Paragraphs: paragraphSpan,
    Audio: audioSegment,
    AudioPlus: audioSegment,
  }),
)

const says = new Map(
  Object.entries({
    VideoRectangle: videoLabels,
    VideoVector: videoLabels,
    VideoVectorLabels: videoLabels,
    Choices: choices,
    Taxonomy: taxonomy,
    TextArea: textArea,
    Number: number,
    Rating: rating,
    DateTime: dateTime,
    Pairwise: preference,
    Ranker: ranking,
    Chat: chatMessage,
    ReactCode: outputs,
  }),
)

type ReadOf<M> = M extends Map<string, { read(...args: never): infer R }> ? Exclude<R, undefined> : never

/** What can be read as a region. */
export type RegionShape = ReadOf<typeof shapes> | ReadOf<typeof spans>
/** Kinds of what can be read as a region. */
export const SHAPE_KINDS: ReadonlySet<string> = new Set([...shapes.values(), ...spans.values()].map(({ kind }) => kind))
/** What can be read under a value key. */
export type RegionContent = ReadOf<typeof says>

/** The shape that results of this control have on this object; undefined for a control that draws nothing by itself. */
export function shapeOf(control: ControlTag, object: ObjectTag): UncheckedShape<RegionShape> | undefined {
  const labelling = control.tag === 'Labels' || (control.tag === 'Taxonomy' && control.attributes.labeling === 'true')
  return labelling ? spans.get(object.tag) : shapes.get(control.tag)
}

/** What results of this control say; undefined for one that only draws, and for tags this library does not know. */
export function contentOf({ tag }: ControlTag): UncheckedSay<RegionContent> | undefined {
  return says.get(tag) ?? (tag.endsWith('Labels') ? labels : undefined)
}

/** The key of `value` under which results of this control say it. */
export function contentKeyOf(control: ControlTag): string {
  return contentOf(control) === videoLabels ? 'labels' : control.valueKey
}
