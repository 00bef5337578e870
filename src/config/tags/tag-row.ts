/** The rows of the tag table. */

import type { z } from 'zod'

/** The attributes of a tag: text in, typed values out; attributes that it does not know pass through. */
export type AttributeSchema = z.ZodObject<Readonly<Record<string, z.ZodType>>, z.core.$loose>

interface Row {
  readonly attributes: AttributeSchema
  /** Label Studio documents it, but its open-source editor has no such tag. */
  readonly documentedOnly?: boolean
  /** Label Studio's server refuses the config without these, as long as only `<View>`s are around the tag. */
  readonly needs?: readonly Need[]
}

/** What a tag may need: an attribute, or something that brings options. */
export type Need = 'name' | 'toName' | 'value' | 'options'

/** A tag that results come from. */
export interface ControlRow extends Row {
  readonly family: 'control'
  /** Object tags it can be about; empty means any. */
  readonly objects: readonly string[]
  /** `type` of its results. */
  readonly resultType: string
  /** The key of `value` that holds what it says. */
  readonly valueKey: string
  /** The child tag that gives it its vocabulary. */
  readonly option?: string
}

/** A tag that shows data of the task. */
export interface ObjectRow extends Row {
  readonly family: 'object'
  /** What the task's field holds. */
  readonly data: z.ZodType
  /** What it holds when `valueType` says so. */
  readonly dataByValueType?: Readonly<Record<string, z.ZodType>>
  /** Attributes of which the server refuses a wrong value; of others it takes anything. */
  readonly refusedWhenWrong?: readonly string[]
  /** The tag is its own control as well: its results name it twice. */
  readonly ownControl?: { readonly resultType: string }
}

/** A tag that only lays out or decorates. */
export interface VisualRow extends Row {
  readonly family: 'visual'
  /** Tags of which one must be around it. */
  readonly within?: readonly string[]
}

/** A child that gives a control its vocabulary. */
export interface OptionRow extends Row {
  readonly family: 'option'
  /** Tags of which one must be around it; `…Labels` stands for every tag whose name ends so. */
  readonly within: readonly string[]
}

export type TagRow = ControlRow | ObjectRow | VisualRow | OptionRow
