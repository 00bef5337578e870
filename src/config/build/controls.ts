/** Builders of control tags: `rectangleLabels('box', 'photo', ['Car', 'Bus'])`. */

import type { ControlTagName } from '../tags/tag-table.js'
import { type Attributes, type BuiltTag, builtTag } from './built-tag.js'
import { type Option, type OptionLabel, optionTags } from './options.js'

type ControlElement<T extends string, N extends string, To extends string, O extends string, A> = {
  tag: T
  attributes: { name: N; toName: To } & A
  options: O
}

type Nothing = Record<never, never>

/** Makes the builder of a control without options: name, the object it is about, further attributes. */
function toolBuilder<T extends ControlTagName>(tag: T) {
  return <const N extends string, const To extends string, const A extends Attributes = Nothing>(
    name: N,
    toName: To,
    attributes?: A,
  ): BuiltTag<ControlElement<T, N, To, never, A>> => builtTag(tag, { name, toName, ...attributes })
}

/**
 * Makes the builder of a control with options: name, the object it is about, its options, further attributes. Options
 * are words, or records with `value` and what else the option says.
 */
function labelledBuilder<T extends ControlTagName>(tag: T, option: 'Label' | 'Choice' | 'Bucket') {
  return <
    const N extends string,
    const To extends string,
    const O extends readonly Option[],
    const A extends Attributes = Nothing,
  >(
    name: N,
    toName: To,
    options: O,
    attributes?: A,
  ): BuiltTag<ControlElement<T, N, To, OptionLabel<O[number]>, A>> =>
    builtTag(tag, { name, toName, ...attributes }, optionTags(option, options))
}

export const rectangle = toolBuilder('Rectangle')
export const ellipse = toolBuilder('Ellipse')
export const polygon = toolBuilder('Polygon')
export const keyPoint = toolBuilder('KeyPoint')
export const brush = toolBuilder('Brush')
export const bitmask = toolBuilder('Bitmask')
export const vector = toolBuilder('Vector')
export const magicWand = toolBuilder('MagicWand')
export const videoRectangle = toolBuilder('VideoRectangle')
export const textArea = toolBuilder('TextArea')
export const number = toolBuilder('Number')
export const rating = toolBuilder('Rating')
export const dateTime = toolBuilder('DateTime')

export const rectangleLabels = labelledBuilder('RectangleLabels', 'Label')
export const ellipseLabels = labelledBuilder('EllipseLabels', 'Label')
export const polygonLabels = labelledBuilder('PolygonLabels', 'Label')
export const keyPointLabels = labelledBuilder('KeyPointLabels', 'Label')
export const brushLabels = labelledBuilder('BrushLabels', 'Label')
export const bitmaskLabels = labelledBuilder('BitmaskLabels', 'Label')
export const vectorLabels = labelledBuilder('VectorLabels', 'Label')
export const labels = labelledBuilder('Labels', 'Label')
export const hyperTextLabels = labelledBuilder('HyperTextLabels', 'Label')
export const paragraphLabels = labelledBuilder('ParagraphLabels', 'Label')
export const timeSeriesLabels = labelledBuilder('TimeSeriesLabels', 'Label')
export const timelineLabels = labelledBuilder('TimelineLabels', 'Label')
export const choices = labelledBuilder('Choices', 'Choice')
export const taxonomy = labelledBuilder('Taxonomy', 'Choice')
export const ranker = labelledBuilder('Ranker', 'Bucket')

/** Which of two objects is better. */
export function pairwise<const N extends string, const L extends string, const R extends string>(
  name: N,
  [left, right]: readonly [L, R],
  attributes?: Attributes,
): BuiltTag<ControlElement<'Pairwise', N, L | R, never, Nothing>> {
  return builtTag('Pairwise', { name, toName: `${left},${right}`, ...attributes })
}
