/** Builders of one control, checked at run time. */

import { PrelabelError } from '../errors.js'
import type { AnyLabels, AnyRegionInput, BuiltResult, ControlBuilder, ResultOptions } from './builder.js'
import { addResult, type DraftState, destinationOf, type Target, targetOf } from './draft-state.js'
import { audioSegment } from './types/audio-segment.js'
import { bitmask } from './types/bitmask.js'
import { brush } from './types/brush.js'
import type { Choice } from './types/choices.js'
import { ellipse } from './types/ellipse.js'
import { contentKeyOf, contentOf, shapeOf } from './types/families.js'
import { hypertextSpan } from './types/hypertext-span.js'
import { keyPoint } from './types/key-point.js'
import { ocrBox } from './types/ocr-box.js'
import { paragraphSpan } from './types/paragraph-span.js'
import { polygon } from './types/polygon.js'
import { rectangle } from './types/rectangle.js'
import { seriesSegment } from './types/series-segment.js'
import type { ShapeType, ShapeValue } from './types/shape-type.js'
import { textSpan } from './types/text-span.js'
import { timeline } from './types/timeline.js'
import { vector } from './types/vector.js'
import { vectorTrack } from './types/vector-track.js'
import { videoTrack } from './types/video-track.js'

/** @throws PrelabelError `wrong-result-kind` from a builder that does not fit the control */
export function createControlBuilder(state: DraftState, target: Target): ControlBuilder {
  const { control, name } = target

  function draw<S extends { readonly kind: string }, V extends ShapeValue>(
    type: ShapeType<S, V>,
    input: AnyRegionInput<S>,
  ): BuiltResult {
    const to = destinationOf(state, target, input)
    const { object } = to.place
    if (shapeOf(control, object)?.kind !== type.kind) throw wrongKind(`draws no ${type.kind} on <${object.tag}>`)
    const value = { ...type.toValue(input, to.place), ...labelsOf(input), ...nodesOf(input) }
    return addResult(state, target, to, value, input, type.beside?.(input))
  }

  function labelsOf({ label, labels }: AnyLabels): ShapeValue {
    const all = label === undefined ? labels : [label]
    if (all === undefined) return {}
    if (contentOf(control)?.kind !== 'labels') throw wrongKind('has no labels')
    return { [contentKeyOf(control)]: all }
  }

  function nodesOf({ paths }: AnyLabels): ShapeValue {
    if (paths === undefined) return {}
    if (contentOf(control)?.kind !== 'taxonomy') throw wrongKind('has no paths')
    return { [contentKeyOf(control)]: paths }
  }

  /** Says something of the whole object, or of the region that the target is attached to: then with its geometry. */
  function say(kind: string, content: unknown, options: ResultOptions = {}): BuiltResult {
    if (contentOf(control)?.kind !== kind) throw wrongKind(`says no ${kind}`)
    const to = destinationOf(state, target, options)
    const said = { [contentKeyOf(control)]: content }
    const value = target.region === undefined ? said : { ...geometryOf(target.region), ...said }
    return addResult(state, target, to, value, options)
  }

  /** The keys of the region's shape, which every result of the region repeats. */
  function geometryOf(region: BuiltResult): ShapeValue {
    const drawing = targetOf(state, region.from_name)
    const to = destinationOf(state, drawing, { to: region.to_name })
    return shapeOf(drawing.control, to.place.object)?.pick(region.value) ?? {}
  }

  function label(labels: string | readonly string[], options?: ResultOptions): BuiltResult {
    if (target.region === undefined) throw wrongKind('labels regions: reach it with `draft.attach(region, name)`')
    return say('labels', typeof labels === 'string' ? [labels] : labels, options)
  }

  function classify(paths: readonly (readonly string[])[], options?: ResultOptions): BuiltResult {
    return say('taxonomy', paths, options)
  }

  function wrongKind(what: string): PrelabelError {
    return new PrelabelError(`${control.path} ${what}`, { code: 'wrong-result-kind', path: control.path })
  }

  return {
    control,
    rectangle: (region) => draw(rectangle, region),
    ellipse: (region) => draw(ellipse, region),
    polygon: (region) => draw(polygon, region),
    keyPoint: (region) => draw(keyPoint, region),
    brush: (region) => draw(brush, region),
    bitmask: (region) => draw(bitmask, region),
    vector: (region) => draw(vector, region),
    ocr: (region) => draw(ocrBox, region),
    span: (region) =>
      destinationOf(state, target, region).place.object.tag === 'HyperText'
        ? draw(hypertextSpan, region)
        : draw(textSpan, region),
    paragraphSpan: (region) => draw(paragraphSpan, region),
    segment: (region) => draw(audioSegment, region),
    seriesSegment: (region) => draw(seriesSegment, region),
    timeline: (region) => draw(timeline, region),
    track: (region) => draw(videoTrack, region),
    vectorTrack: (region) => draw(vectorTrack, region),
    label,
    choose: (choice, options) => say('choices', asList(choice), options),
    classify,
    text: (text, options) => say('text', typeof text === 'string' ? [text] : text, options),
    number: (value, options) => say('number', value, options),
    rate: (stars, options) => say('rating', stars, options),
    dateTime: (value, options) => say('datetime', value, options),
    prefer: (side, options) => say('preference', side, options),
    rank: (order, options) => say('ranking', isList(order) ? { [name]: order } : order, options),
    message: (message, options) => say('message', message, options),
    give: (outputs, options) => say('outputs', outputs, options),
    result: (value, options = {}) => addResult(state, target, destinationOf(state, target, options), value, options),
  }
}

/** A bare text is one choice; a list is a list of choices. */
function asList(choice: Choice | readonly Choice[]): readonly Choice[] {
  return typeof choice === 'string' ? [choice] : choice
}

function isList(order: readonly string[] | Readonly<Record<string, readonly string[]>>): order is readonly string[] {
  return Array.isArray(order)
}
