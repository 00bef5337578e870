/** The words that the type-level reader knows, taken from the tag table. */

import type { z } from 'zod'
import type { TagName, TagTable } from '../tags/tag-table.js'

/** Tags written in another case than Label Studio's own: `hypertext` -> `HyperText`. */
type CanonicalTags = { [K in TagName as Lowercase<K>]: K }

/** The table's spelling of a tag; a tag that the table does not know stays as written. */
export type Canonical<T extends string> = T extends TagName
  ? T
  : Lowercase<T> extends keyof CanonicalTags
    ? CanonicalTags[Lowercase<T>]
    : T

type FamilyOf<T extends string> = T extends keyof TagTable ? TagTable[T]['family'] : 'unknown'

/** Layout and HTML are skipped whole; anything else is read, so a tag that the table has never heard of still gets a control. */
export type IsSkipped<T extends string> = T extends TagName
  ? FamilyOf<T> extends 'visual'
    ? true
    : false
  : T extends Uncapitalize<T>
    ? IsSkippedHtml<T>
    : false
type IsSkippedHtml<T extends string> = T extends keyof CanonicalTags
  ? FamilyOf<CanonicalTags[T]> extends 'visual'
    ? true
    : false
  : true

/** Child tags that give a control its vocabulary. */
export type IsOption<T extends string> = FamilyOf<T> extends 'option' ? true : false

/** Whether options may come with the task: the tag has options, or is one that the table does not know. */
export type TakesOptions<T> = T extends TagName ? (TagTable[T] extends { option: string } ? true : false) : true

/** Whether the tag can be an object: it is no control that lacks its `toName`. */
export type IsObject<T> = T extends string ? (FamilyOf<T> extends 'control' ? false : true) : false

/** Whether the tag is control and object at once. */
export type IsOwnControl<T> = T extends TagName ? (TagTable[T] extends { ownControl: object } ? true : false) : false

/** What a task must carry for an object tag with attributes `A`. */
export type DataOf<T, A> = T extends TagName ? DataOfRow<TagTable[T], A> : unknown
type DataOfRow<Row, A> = Row extends { dataByValueType: infer D }
  ? A extends { valueType: infer V extends keyof D }
    ? D[V] extends z.ZodType
      ? z.output<D[V]>
      : never
    : PlainDataOfRow<Row>
  : PlainDataOfRow<Row>
type PlainDataOfRow<Row> = Row extends { data: infer D extends z.ZodType } ? z.output<D> : unknown

/** Attributes worth a type. */
export type ReadAttribute = 'name' | 'toName' | 'value' | 'valueList' | 'alias' | 'choice' | 'apiUrl' | 'valueType'
