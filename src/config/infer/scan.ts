/**
 * A literal config -> the union of its elements that matter.
 *
 * One tail call for each tag, never for each character. `Scan` stops every 256 tags and hands its state to `Run`, so
 * that the compiler's limit of 1000 tail calls is never met; `Run` gives up after 1024 tags.
 */

import type { OpenTag } from './open-tag.js'
import type { Canonical, IsOption } from './vocabulary.js'

/** One element that matters. `options` is `never` until an option is met. */
export interface Element {
  tag: string
  attributes: unknown
  options: string
}

/** [rest of the text, open control, finished elements] */
type State = [rest: string, open: unknown, done: unknown]

type Close<Open, Done> = Open extends Element ? Done | Open : Done

/** Where an element goes: an option joins the open control, a control opens, an object is done. */
type Place<T extends string, A, Closed, Open, Done> =
  IsOption<T> extends true
    ? Open extends { tag: infer OT; attributes: infer OA; options: infer OO extends string }
      ? [{ tag: OT; attributes: OA; options: OO | LabelOf<T, A> }, Done]
      : [Open, Done]
    : A extends { name: string }
      ? Closed extends true
        ? [Open, Done | { tag: T; attributes: A; options: never }]
        : A extends { toName: string }
          ? [{ tag: T; attributes: A; options: never }, Close<Open, Done>]
          : [Open, Done | { tag: T; attributes: A; options: never }]
      : [Open, Done]

/** What a result carries: the alias when there is one that is not empty, else the value; of a bucket its name. */
type LabelOf<T, A> = T extends 'Bucket' ? NameOf<A> : AliasOrValue<A>
type NameOf<A> = A extends { name: infer V extends string } ? V : never
type AliasOrValue<A> = A extends { alias: infer V extends string } ? (V extends '' ? ValueOf<A> : V) : ValueOf<A>
type ValueOf<A> = A extends { value: infer V extends string } ? (V extends '' ? never : V) : never

type Scan<S extends string, Open, Done, N extends 0[] = []> = N['length'] extends 256
  ? [S, Open, Done]
  : S extends `${string}<${infer R}`
    ? R extends `/${infer T}>${infer Rest}`
      ? Open extends { tag: Canonical<T> }
        ? Scan<Rest, null, Done | Open, [...N, 0]>
        : Scan<Rest, Open, Done, [...N, 0]>
      : R extends `!--${string}`
        ? R extends `${string}-->${infer Rest}`
          ? Scan<Rest, Open, Done, [...N, 0]>
          : ['', Open, Done]
        : R extends `![CDATA[${string}`
          ? R extends `${string}]]>${infer Rest}`
            ? Scan<Rest, Open, Done, [...N, 0]>
            : ['', Open, Done]
          : OpenTag<R> extends [infer T extends string, infer A, infer Closed, infer Rest extends string]
            ? Place<T, A, Closed, Open, Done> extends [infer O, infer D]
              ? Scan<Rest, O, D, [...N, 0]>
              : never
            : ['', Open, Done]
    : ['', Open, Done]

/** Trampoline: every hop restarts the count of tail calls. */
type Run<S extends State, Hops extends 0[] = []> = S extends ['', infer Open, infer Done]
  ? Close<Open, Done>
  : Hops['length'] extends 4
    ? TooLong
    : Run<Scan<S[0], S[1], S[2]>, [...Hops, 0]>

/** A config beyond the budget: it is typed loosely. */
type TooLong = 'too long to type'

export type ElementsOf<S extends string> = Run<[S, null, never]>
