/** The compile-time twin of a LabelingConfig: what a literal config says, as plain types. */

import type { Element, ElementsOf } from './scan.js'
import type { DataOf, IsObject, IsOwnControl, TakesOptions } from './vocabulary.js'

/** What is known of one control. */
export interface ControlShape {
  /** The tag: `RectangleLabels`. */
  tag: string
  /** Names of the objects it is about. */
  to: string
  /** Labels that its results may carry; `string` when the task brings them. */
  option: string
  /** Several choices may be given. */
  many: boolean
}

/** What is known of a config. Three things make one: a literal, `prelabel types`, and the builder in code. */
export interface ConfigShape {
  /** The task's data that the objects read. */
  data: object
  /** Object tags by name. */
  objects: Record<string, unknown>
  controls: Record<string, ControlShape>
}

/** What is known of a config that is only read at run time: any name, any label. */
export interface AnyShape {
  data: Record<string, unknown>
  objects: Record<string, unknown>
  controls: Record<string, { tag: string; to: string; option: string; many: boolean }>
}

type AttributeOf<N extends Element, K extends string> = N['attributes'] extends { [P in K]: infer V } ? V : never
/** `page_{{idx}}` names every `page_0`, `page_1`, … */
type Pattern<V> = V extends `${infer A}{{${string}}}${infer B}` ? `${A}${number}${B}` : V
type NameOf<N extends Element> =
  AttributeOf<N, 'name'> extends infer V extends string ? (V extends '' ? never : Pattern<V>) : never
/** `toName="a,b"` names two objects. */
type Split<V> = V extends `${infer A},${infer B}` ? Pattern<A> | Split<B> : Pattern<V>

/** `$image` -> `image`; `$doc.page` and anything cleverer name only their first step. */
type DataKey<V> = V extends `$${infer K}` ? (K extends `${string}${Beyond}${string}` ? never : FirstStep<K>) : never
/** Signs that a value is more than one `$path`. */
type Beyond = ' ' | '$' | ',' | ':' | '/' | '-' | '\n' | '\t'
type FirstStep<A extends string> = A extends `${infer B}${'.' | '['}${string}` ? FirstStep<B> : A
type IsIndirect<V> = V extends `$${string}${'.' | '['}${string}` ? true : false

type DataEntry<N extends Element> = N extends { tag: infer T; attributes: infer A }
  ? ObjectName<N> extends never
    ? never
    : A extends { valueList: infer V }
      ? { key: DataKey<V>; type: readonly string[] }
      : A extends { value: infer V }
        ? { key: DataKey<V>; type: IsIndirect<V> extends true ? unknown : DataOf<T, A> }
        : never
  : never

type IsDynamic<T, A> = A extends { value: `$${string}` } | { apiUrl: string } ? TakesOptions<T> : false
type ControlEntry<N extends Element> = N extends { tag: infer T; attributes: { name: string; toName: infer To } }
  ? {
      name: NameOf<N>
      tag: T
      to: Split<To>
      option: IsDynamic<T, N['attributes']> extends true ? string : N['options']
      many: N['attributes'] extends { choice: 'multiple' } ? true : false
    }
  : IsOwnControl<N['tag']> extends true
    ? { name: NameOf<N>; tag: N['tag']; to: NameOf<N>; option: never; many: false }
    : never
type ObjectName<N extends Element> =
  IsOwnControl<N['tag']> extends true
    ? NameOf<N>
    : N['attributes'] extends { toName: string } | { value: '' }
      ? never
      : N['attributes'] extends { value: string } | { valueList: string }
        ? IsObject<N['tag']> extends true
          ? NameOf<N>
          : never
        : never

/** True only for a finished literal: not `string`, not a template with holes. */
type IsLiteral<S extends string> = string extends S ? false : {} extends Record<S, 1> ? false : true

/** What elements say. */
export type ShapeOfElements<N extends Element> = {
  data: { [P in DataEntry<N> as P['key']]: P['type'] }
  objects: { [P in N as ObjectName<P>]: P['tag'] }
  controls: {
    [P in ControlEntry<N> as P['name']]: { tag: P['tag']; to: P['to']; option: P['option']; many: P['many'] }
  }
}

declare const shape: unique symbol

/** XML whose shape is known though its text is not a literal: what the builder prints, and files with written types. */
export type ShapedXml<S extends ConfigShape> = string & { readonly [shape]: S }

/**
 * What a config says; `AnyShape` for a text that is no literal, is beyond the budget or is no XML.
 *
 * The last mapped type only lays the shape open, so that an editor's hover shows it and not the alias it came from.
 */
export type ShapeOf<S extends string> =
  S extends ShapedXml<infer P>
    ? P
    : IsLiteral<S> extends true
      ? ElementsOf<S> extends infer N
        ? [N] extends [Element]
          ? ShapeOfElements<N> extends infer P
            ? { [K in keyof P]: P[K] }
            : never
          : AnyShape
        : AnyShape
      : AnyShape

/**
 * Gives the text of a config the shape that `prelabel types` wrote for it. The text is not compared with the shape.
 *
 * @example defineConfig(shapedXml<Shape>(readFileSync('config.xml', 'utf8')))
 */
export function shapedXml<S extends ConfigShape>(xml: string): ShapedXml<S>
export function shapedXml(xml: string): string {
  return xml
}
