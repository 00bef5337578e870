/** The one table of Label Studio's tags: it drives reading, checking and the types of a literal config alike. */

import type { z } from 'zod'
import { controlTags } from './control-tags.js'
import { objectTags } from './object-tags.js'
import type { ControlRow, ObjectRow, TagRow } from './tag-row.js'
import { optionTags, visualTags } from './visual-tags.js'

type ControlTags = typeof controlTags
type ObjectTags = typeof objectTags
type VisualTags = typeof visualTags
type OptionTags = typeof optionTags

/** Every tag that Label Studio registers, and those it only documents. */
export interface TagTable extends ControlTags, ObjectTags, VisualTags, OptionTags {}

export const tagTable: TagTable = { ...controlTags, ...objectTags, ...visualTags, ...optionTags }

export type TagName = keyof TagTable
export type ControlTagName = keyof typeof controlTags
export type ObjectTagName = keyof typeof objectTags

/** Attributes of a tag once read. */
export type AttributesOf<T extends TagName> = z.output<TagTable[T]['attributes']>

const rows: ReadonlyMap<string, TagRow> = new Map(Object.entries(tagTable))
const spelling: ReadonlyMap<string, string> = new Map(Object.keys(tagTable).map((tag) => [tag.toLowerCase(), tag]))

/** All names, as Label Studio spells them. */
export const tagNames: readonly string[] = [...rows.keys()]

/** The row of a tag as Label Studio spells it. */
export function tagRow(tag: string): TagRow | undefined {
  return rows.get(tag)
}

export function controlRow(tag: string): ControlRow | undefined {
  const row = rows.get(tag)
  return row?.family === 'control' ? row : undefined
}

export function objectRow(tag: string): ObjectRow | undefined {
  const row = rows.get(tag)
  return row?.family === 'object' ? row : undefined
}

/** Label Studio's spelling of a tag written in another case; a tag it does not know stays as written. */
export function canonicalTag(tag: string): string {
  return rows.has(tag) ? tag : (spelling.get(tag.toLowerCase()) ?? tag)
}
