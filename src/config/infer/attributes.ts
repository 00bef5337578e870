/** Attributes of one element, read from the text of its opening tag. */

import type { ReadAttribute } from './vocabulary.js'

/** Blanks are eaten 16, 4 and 1 at a time: a tail call for each would be felt. */
type TrimStart<S extends string> = S extends `                ${infer R}`
  ? TrimStart<R>
  : S extends `    ${infer R}`
    ? TrimStart<R>
    : S extends ` ${infer R}` | `\n${infer R}` | `\t${infer R}` | `\r${infer R}`
      ? TrimStart<R>
      : S

/** The text up to the first blank or slash. */
export type Word<S extends string> = S extends `${infer W} ${string}` ? WordNl<W> : WordNl<S>
type WordNl<S extends string> = S extends `${infer W}\n${string}` ? WordTab<W> : WordTab<S>
type WordTab<S extends string> = S extends `${infer W}\t${string}` ? WordCr<W> : WordCr<S>
type WordCr<S extends string> = S extends `${infer W}\r${string}` ? WordSlash<W> : WordSlash<S>
type WordSlash<S extends string> = S extends `${infer W}/${string}` ? W : S

export type Malformed = 'malformed'

/** `name="v" other='w'/>rest` -> `[{ name: "v" }, "rest", true]`: attributes, what follows, whether it closed itself. */
export type Attributes<S extends string, A = unknown> =
  TrimStart<S> extends infer T
    ? T extends `>${infer R}`
      ? [A, R, false]
      : T extends `/>${infer R}`
        ? [A, R, true]
        : T extends `${infer N}=${infer R}`
          ? R extends `"${infer V}"${infer Rest}`
            ? Attributes<Rest, Put<A, N, V>>
            : R extends `'${infer V}'${infer Rest}`
              ? Attributes<Rest, Put<A, N, V>>
              : TrimStart<R> extends `"${infer V}"${infer Rest}`
                ? Attributes<Rest, Put<A, Word<N>, V>>
                : TrimStart<R> extends `'${infer V}'${infer Rest}`
                  ? Attributes<Rest, Put<A, Word<N>, V>>
                  : Malformed
          : Malformed
    : never

/** Keeps an attribute that matters; the name is trimmed only when the exact match fails. */
type Put<A, N extends string, V extends string> = N extends ReadAttribute
  ? A & { [K in N]: Unescape<V> }
  : Word<N> extends infer W extends ReadAttribute
    ? A & { [K in W]: Unescape<V> }
    : A

/** Named references are resolved; a numeric one makes the value an unknown string. Line breaks and tabs become blanks, as in XML. */
type Unescape<V extends string> = V extends `${string}&${string}`
  ? V extends `${string}&#${string}`
    ? string
    : Swap<Swap<Swap<Swap<Swap<Flat<V>, '&lt;', '<'>, '&gt;', '>'>, '&quot;', '"'>, '&apos;', "'">, '&amp;', '&'>
  : Flat<V>
type Flat<V extends string> = V extends `${string}${'\n' | '\t' | '\r'}${string}`
  ? Swap<Swap<Swap<Swap<V, '\r\n', ' '>, '\n', ' '>, '\t', ' '>, '\r', ' '>
  : V
type Swap<
  V extends string,
  From extends string,
  To extends string,
  Done extends string = '',
> = V extends `${infer A}${From}${infer B}` ? Swap<B, From, To, `${Done}${A}${To}`> : `${Done}${V}`
