/** Builders of one control, checked at run time. */

import type { ControlTag } from '../config/index.js'
import { PrelabelError } from '../errors.js'
import type { AnyLabels, AnyRegionInput, BuiltResult, ControlBuilder, ResultOptions } from './builder.js'
import { addResult, type DraftState, destinationOf, type Target, targetOf } from './draft-state.js'
import { type AudioSegmentShape, audioSegment } from './types/audio-segment.js'
import { type BitmaskShape, bitmask } from './types/bitmask.js'
import { type BrushShape, brush } from './types/brush.js'
import type { ChatMessage } from './types/chat-message.js'
import type { Choice } from './types/choices.js'
import { type EllipseShape, ellipse } from './types/ellipse.js'
import { contentKeyOf, contentOf, shapeOf } from './types/families.js'
import { hypertextSpan } from './types/hypertext-span.js'
import { type KeyPointShape, keyPoint } from './types/key-point.js'
import { type OcrBoxShape, ocrBox } from './types/ocr-box.js'
import type { Outputs } from './types/outputs.js'
import { type ParagraphSpanShape, paragraphSpan } from './types/paragraph-span.js'
import { type PolygonShape, polygon } from './types/polygon.js'
import { type RectangleShape, rectangle } from './types/rectangle.js'
import { type SeriesSegmentShape, seriesSegment } from './types/series-segment.js'
import type { ShapeType, ShapeValue } from './types/shape-type.js'
import { type SpanShape, textSpan } from './types/text-span.js'
import { type TimelineShape, timeline } from './types/timeline.js'
import { type VectorShape, vector } from './types/vector.js'
import { type VectorTrackShape, vectorTrack } from './types/vector-track.js'
import { type TrackShape, videoTrack } from './types/video-track.js'

type Order = Parameters<ControlBuilder['rank']>[0]

/**
 * Writes results of one control into a draft. A class, since one is made for every result.
 *
 * @throws PrelabelError `wrong-result-kind` from a method that does not fit the control
 */
export class CheckedBuilder implements ControlBuilder {
  readonly #state: DraftState
  readonly #target: Target

  constructor(state: DraftState, target: Target) {
    this.#state = state
    this.#target = target
  }

  get control(): ControlTag {
    return this.#target.control
  }

  rectangle(region: AnyRegionInput<RectangleShape>): BuiltResult {
    return this.#draw(rectangle, region)
  }

  ellipse(region: AnyRegionInput<EllipseShape>): BuiltResult {
    return this.#draw(ellipse, region)
  }

  polygon(region: AnyRegionInput<PolygonShape>): BuiltResult {
    return this.#draw(polygon, region)
  }

  keyPoint(region: AnyRegionInput<KeyPointShape>): BuiltResult {
    return this.#draw(keyPoint, region)
  }

  brush(region: AnyRegionInput<BrushShape>): BuiltResult {
    return this.#draw(brush, region)
  }

  bitmask(region: AnyRegionInput<BitmaskShape>): BuiltResult {
    return this.#draw(bitmask, region)
  }

  vector(region: AnyRegionInput<VectorShape>): BuiltResult {
    return this.#draw(vector, region)
  }

  ocr(region: AnyRegionInput<OcrBoxShape>): BuiltResult {
    return this.#draw(ocrBox, region)
  }

  span(region: AnyRegionInput<SpanShape>): BuiltResult {
    const { object } = destinationOf(this.#state, this.#target, region).place
    return object.tag === 'HyperText' ? this.#draw(hypertextSpan, region) : this.#draw(textSpan, region)
  }

  paragraphSpan(region: AnyRegionInput<ParagraphSpanShape>): BuiltResult {
    return this.#draw(paragraphSpan, region)
  }

  segment(region: AnyRegionInput<AudioSegmentShape>): BuiltResult {
    return this.#draw(audioSegment, region)
  }

  seriesSegment(region: AnyRegionInput<SeriesSegmentShape>): BuiltResult {
    return this.#draw(seriesSegment, region)
  }

  timeline(region: AnyRegionInput<TimelineShape>): BuiltResult {
    return this.#draw(timeline, region)
  }

  track(region: AnyRegionInput<TrackShape>): BuiltResult {
    return this.#draw(videoTrack, region)
  }

  vectorTrack(region: AnyRegionInput<VectorTrackShape>): BuiltResult {
    return this.#draw(vectorTrack, region)
  }

  label(labels: string | readonly string[], options?: ResultOptions): BuiltResult {
    if (this.#target.region === undefined)
      throw this.#wrongKind('labels regions: reach it with `draft.attach(region, name)`')
    return this.#say('labels', typeof labels === 'string' ? [labels] : labels, options)
  }

  /** A bare text is one choice; a list is a list of choices. */
  choose(choice: Choice | readonly Choice[], options?: ResultOptions): BuiltResult {
    return this.#say('choices', typeof choice === 'string' ? [choice] : choice, options)
  }

  classify(paths: readonly (readonly string[])[], options?: ResultOptions): BuiltResult {
    return this.#say('taxonomy', paths, options)
  }

  text(text: string | readonly string[], options?: ResultOptions): BuiltResult {
    return this.#say('text', typeof text === 'string' ? [text] : text, options)
  }

  number(value: number, options?: ResultOptions): BuiltResult {
    return this.#say('number', value, options)
  }

  rate(stars: number, options?: ResultOptions): BuiltResult {
    return this.#say('rating', stars, options)
  }

  dateTime(value: string, options?: ResultOptions): BuiltResult {
    return this.#say('datetime', value, options)
  }

  prefer(side: 'left' | 'right', options?: ResultOptions): BuiltResult {
    return this.#say('preference', side, options)
  }

  rank(order: Order, options?: ResultOptions): BuiltResult {
    return this.#say('ranking', isList(order) ? { [this.#target.name]: order } : order, options)
  }

  message(message: ChatMessage, options?: ResultOptions): BuiltResult {
    return this.#say('message', message, options)
  }

  give(outputs: Outputs, options?: ResultOptions): BuiltResult {
    return this.#say('outputs', outputs, options)
  }

  result(value: ShapeValue, options: ResultOptions = {}): BuiltResult {
    return addResult(this.#state, this.#target, destinationOf(this.#state, this.#target, options), value, options)
  }

  #draw<S extends { readonly kind: string }, V extends ShapeValue>(
    type: ShapeType<S, V>,
    input: AnyRegionInput<S>,
  ): BuiltResult {
    const to = destinationOf(this.#state, this.#target, input)
    const { object } = to.place
    if (shapeOf(this.control, object)?.kind !== type.kind)
      throw this.#wrongKind(`draws no ${type.kind} on <${object.tag}>`)
    const value = { ...type.toValue(input, to.place), ...this.#labelsOf(input), ...this.#nodesOf(input) }
    return addResult(this.#state, this.#target, to, value, input, type.beside?.(input))
  }

  #labelsOf({ label, labels }: AnyLabels): ShapeValue {
    const all = label === undefined ? labels : [label]
    if (all === undefined) return {}
    if (contentOf(this.control)?.kind !== 'labels') throw this.#wrongKind('has no labels')
    return { [contentKeyOf(this.control)]: all }
  }

  #nodesOf({ paths }: AnyLabels): ShapeValue {
    if (paths === undefined) return {}
    if (contentOf(this.control)?.kind !== 'taxonomy') throw this.#wrongKind('has no paths')
    return { [contentKeyOf(this.control)]: paths }
  }

  /** Says something of the whole object, or of the region that the target is attached to: then with its geometry. */
  #say(kind: string, content: unknown, options: ResultOptions = {}): BuiltResult {
    const { control, region } = this.#target
    if (contentOf(control)?.kind !== kind) throw this.#wrongKind(`says no ${kind}`)
    const to = destinationOf(this.#state, this.#target, options)
    const said = { [contentKeyOf(control)]: content }
    const value = region === undefined ? said : { ...this.#geometryOf(region), ...said }
    return addResult(this.#state, this.#target, to, value, options)
  }

  /** The keys of the region's shape, which every result of the region repeats. */
  #geometryOf(region: BuiltResult): ShapeValue {
    const drawing = targetOf(this.#state, region.from_name)
    const to = destinationOf(this.#state, drawing, { to: region.to_name })
    return shapeOf(drawing.control, to.place.object)?.pick(region.value) ?? {}
  }

  #wrongKind(what: string): PrelabelError {
    const { path } = this.control
    return new PrelabelError(`${path} ${what}`, { code: 'wrong-result-kind', path })
  }
}

function isList(order: Order): order is readonly string[] {
  return Array.isArray(order)
}
