/** The words that the type-level reader knows, taken from the tag table. */

import type { ObjectData, TagName, TagTable } from '../tags/tag-table.js'

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

/** What a task must carry for an object tag. */
export type DataOf<T> = T extends keyof ObjectData ? ObjectData[T] : unknown

/** Attributes worth a type. */
export type ReadAttribute = 'name' | 'toName' | 'value' | 'valueList' | 'alias' | 'choice' | 'apiUrl'
