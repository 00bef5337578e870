/** Builders of object tags: `image('photo', '$image')`. */

import type { ObjectTagName } from '../tags/tag-table.js'
import { type Attributes, type BuiltTag, builtTag } from './built-tag.js'

type ObjectElement<T extends string, N extends string, V extends string, A> = {
  tag: T
  attributes: { name: N; value: V } & A
  options: never
}

/**
 * Makes the builder of an object tag: name, then the field of the task that it shows (`$image`), then further attributes.
 */
function objectBuilder<T extends ObjectTagName>(tag: T) {
  return <const N extends string, const V extends string, const A extends Attributes = Record<never, never>>(
    name: N,
    value: V,
    attributes?: A,
  ): BuiltTag<ObjectElement<T, N, V, A>> => builtTag(tag, { name, value, ...attributes })
}

export const image = objectBuilder('Image')
export const text = objectBuilder('Text')
export const hyperText = objectBuilder('HyperText')
export const paragraphs = objectBuilder('Paragraphs')
export const audio = objectBuilder('Audio')
export const video = objectBuilder('Video')
export const timeSeries = objectBuilder('TimeSeries')
export const table = objectBuilder('Table')
export const list = objectBuilder('List')
export const pdf = objectBuilder('Pdf')
export const chat = objectBuilder('Chat')

/** Several pictures: `<Image valueList="$pages">`. */
export function imageList<const N extends string, const V extends string>(
  name: N,
  valueList: V,
  attributes?: Attributes,
): BuiltTag<{ tag: 'Image'; attributes: { name: N; valueList: V }; options: never }> {
  return builtTag('Image', { name, valueList, ...attributes })
}
