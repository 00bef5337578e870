/** What the builders make: a tag to print, with what the compiler knows of it. */

import { PrelabelError } from '../../errors.js'
import type { Element } from '../infer/scan.js'
import type { XmlTag } from '../xml/print-xml.js'

declare const elements: unique symbol

/** A tag of a config in the making; `E` is the union of the elements in it that matter. */
export interface BuiltTag<E extends Element = Element> extends XmlTag {
  readonly [elements]?: E
}

/** Attributes as an author writes them: by their exact names. */
export type Attributes = Readonly<Record<string, string | number | boolean>>

/** An attribute's name as XML takes it. */
const NAME = /^[A-Za-z_][\w.-]*$/

/** What XML 1.0 cannot hold: control characters, halves of surrogate pairs, two non-characters. */
const FORBIDDEN = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/u

/**
 * A tag to print.
 *
 * @throws PrelabelError `unprintable-xml` when a name or a value is nothing that XML can hold
 */
export function builtTag<E extends Element>(
  tag: string,
  attributes: Readonly<Record<string, string | number | boolean | undefined>>,
  children: readonly XmlTag[] = [],
): BuiltTag<E> {
  const written = Object.entries(attributes).flatMap(([name, value]) => {
    if (value === undefined) return []
    if (!NAME.test(name) || FORBIDDEN.test(String(value)))
      throw new PrelabelError(`<${tag}> cannot have ${name}=${JSON.stringify(value)}`, {
        code: 'unprintable-xml',
        path: `${tag}/@${name}`,
      })
    return [[name, String(value)] as const]
  })
  return { tag, attributes: Object.fromEntries(written), children }
}
