/** A literal config that names an object which is not there does not compile, and the compiler says which. */

import type { ShapeOf } from './shape.js'

/** Pairs of a control and a name in its `toName` that no object or control has. */
type Dangling<P> = P extends { objects: infer O; controls: infer C }
  ? {
      [K in keyof C]: C[K] extends { to: infer T }
        ? Exclude<T, keyof O | keyof C> extends infer D
          ? [D] extends [never]
            ? never
            : [K, D]
          : never
        : never
    }[keyof C]
  : never

/**
 * `S` itself, or a sentence when a `toName` dangles.
 *
 * @example function define<const S extends string>(xml: Checked<S>)
 */
export type Checked<S extends string> =
  Dangling<ShapeOf<S>> extends infer D
    ? [D] extends [never]
      ? S
      : D extends [infer C extends string, infer T extends string]
        ? `<… name="${C}" toName="${T}">: no object tag is named "${T}"`
        : S
    : S
