/** One opening tag at the start of a text. */

import type { Attributes, Malformed, Word } from './attributes.js'
import type { Canonical, IsSkipped } from './vocabulary.js'

/** Whether `Head`, the text up to the first `>`, is a whole tag: no quote is left open in it. `false` means "look closer". */
type IsWhole<Head extends string> = Head extends `${string}"${string}`
  ? Head extends `${string}="` | `${string}'${string}`
    ? false
    : Head extends `${string}"` | `${string}"/` | `${string}" ` | `${string}" /`
      ? true
      : false
  : Head extends `${string}'${string}`
    ? false
    : true

/**
 * `[name, attributes, closed itself, rest]`. The long text is split twice, then only the short head is read: attributes
 * read off the long rest would make every suffix of it a type of its own.
 */
export type OpenTag<R extends string> = R extends `${infer Head}>${infer Rest}`
  ? Word<Head> extends infer T extends string
    ? IsWhole<Head> extends true
      ? IsSkipped<T> extends true
        ? [T, unknown, true, Rest]
        : Head extends `${T}${infer H}`
          ? Attributes<`${H}>`> extends [infer A, string, infer Closed]
            ? [Canonical<T>, A, Closed, Rest]
            : Malformed
          : Malformed
      : R extends `${T}${infer H}`
        ? Attributes<H> extends [infer A, infer After, infer Closed]
          ? [Canonical<T>, A, Closed, After]
          : Malformed
        : Malformed
    : never
  : Malformed
