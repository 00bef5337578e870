/** What a kind of region is to this room: the keys it has in `value`, how they are made and read, what can be wrong. */

import type { z } from 'zod'
import type { ControlTag, ObjectTag } from '../../config/index.js'
import type { Severity } from '../../issues.js'
import type { ResultExtras } from '../result.js'
import type { ImageSurface } from '../surface.js'
import type { HtmlIndex, TextIndex } from '../text/index.js'
import { schemaProblems } from './schema-problems.js'

/** Where a region is put: the tags, and what is known of the thing it lies on. */
export interface Place {
  readonly control: ControlTag
  readonly object: ObjectTag
  /** Pixels of the shown picture or video. */
  readonly size?: ImageSurface | undefined
  /** Seconds of sound. */
  readonly duration?: number | undefined
  /** The text of a `<Text>`. */
  text(): TextIndex | undefined
  /** The page of a `<HyperText>`. */
  html(): HtmlIndex | undefined
  /** The texts of a `<Paragraphs>`, in order. */
  utterances(): readonly string[] | undefined
}

/** One thing wrong with a value. `key` is the path below `value`: `width`, `points[2]`; empty for the value itself. */
export interface Problem {
  readonly code: string
  readonly severity: Severity
  readonly key: string
  readonly message: string
  readonly hint?: string
}

/** The keys of a shape in `value`. */
export type ShapeValue = Readonly<Record<string, unknown>>

/**
 * One kind of region. `Shape` is how people write and read it, `Value` the keys it has in `value`.
 *
 * `fromValue(toValue(shape))` is the same shape, save rounding.
 */
export interface ShapeType<Shape extends { readonly kind: string }, Value extends ShapeValue> {
  readonly kind: Shape['kind']
  readonly schema: z.ZodType<Value>
  /** @throws PrelabelError when the unit needs a size or a text that is not known */
  toValue(shape: Omit<Shape, 'kind'>, place: Place): Value
  /** What stands beside `value` when the shape itself knows it better than the place. */
  beside?(shape: Omit<Shape, 'kind'>): ResultExtras
  fromValue(value: Value, place: Place): Shape
  /** What is wrong with a value that has the right types. */
  check(value: Value, place: Place): readonly Problem[]
  /** The value brought inside what it lies on; undefined when nothing of it is inside. */
  clamp?(value: Value, place: Place): Value | undefined
}

/** A kind of region for values of which nothing is known yet. */
export interface UncheckedShape<Shape = unknown> {
  readonly kind: string
  inspect(value: unknown, place: Place): readonly Problem[]
  /** The shape; undefined when the value does not hold one. */
  read(value: unknown, place: Place): Shape | undefined
  /** The keys of the shape alone; undefined when the value does not hold one. */
  pick(value: unknown): ShapeValue | undefined
  /** The value with its shape brought inside; undefined when nothing of it is inside, itself when it holds no shape. */
  bringInside(value: ShapeValue, place: Place): ShapeValue | undefined
}

export function defineShape<Shape extends { readonly kind: string }, Value extends ShapeValue>(
  type: ShapeType<Shape, Value>,
): ShapeType<Shape, Value> & UncheckedShape<Shape> {
  const parse = (value: unknown) => type.schema.safeParse(value)
  return {
    ...type,
    inspect(value, place) {
      const parsed = parse(value)
      return parsed.success ? type.check(parsed.data, place) : schemaProblems(parsed.error, value)
    },
    read(value, place) {
      const parsed = parse(value)
      return parsed.success ? type.fromValue(parsed.data, place) : undefined
    },
    pick: (value) => parse(value).data,
    bringInside(value, place) {
      const parsed = parse(value)
      if (!parsed.success || type.clamp === undefined) return value
      const inside = type.clamp(parsed.data, place)
      return inside === undefined ? undefined : { ...value, ...inside }
    },
  }
}
