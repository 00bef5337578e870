/** Builders of what is around objects and controls. */

import type { Element } from '../infer/scan.js'
import type { ConfigShape, ShapedXml, ShapeOfElements } from '../infer/shape.js'
import { printXml } from '../xml/print-xml.js'
import { type Attributes, type BuiltTag, builtTag } from './built-tag.js'

type ElementsIn<C> = C extends BuiltTag<infer E> ? E : never

/** `<View>`: the root of a config, or a part of it. */
export function view<const C extends readonly BuiltTag[]>(...children: C): BuiltTag<ElementsIn<C[number]>> {
  return builtTag('View', {}, children)
}

/** A `<View>` with attributes, shown as they say. */
export function viewWith<const C extends readonly BuiltTag[]>(
  attributes: Attributes,
  ...children: C
): BuiltTag<ElementsIn<C[number]>> {
  return builtTag('View', attributes, children)
}

/** A heading. */
export function header(value: string, attributes?: Attributes): BuiltTag<never> {
  return builtTag('Header', { value, ...attributes })
}

/** Kinds of relations between regions. */
export function relations(values: readonly string[]): BuiltTag<never> {
  return builtTag(
    'Relations',
    {},
    values.map((value) => builtTag('Relation', { value })),
  )
}

/** The text of a config with these elements. */
export type PrintedConfig<E extends Element> =
  ShapeOfElements<E> extends infer S extends ConfigShape ? ShapedXml<{ [K in keyof S]: S[K] }> : string

/**
 * Prints a config as XML that keeps its types.
 *
 * @example defineConfig(printConfig(view(image('photo', '$image'), rectangleLabels('box', 'photo', ['Car']))))
 */
export function printConfig<E extends Element>(config: BuiltTag<E>): PrintedConfig<E>
export function printConfig(config: BuiltTag): string {
  return printXml(config)
}
