/** The rows of the tag table. */

import type { z } from 'zod'

/** The attributes of a tag: text in, typed values out. */
export type AttributeSchema = z.ZodObject

/** A tag that results come from. */
export interface ControlRow {
  readonly family: 'control'
  /** Object tags it can be about; empty means any. */
  readonly objects: readonly string[]
  /** `type` of its results. */
  readonly resultType: string
  /** The key of `value` that holds what it says. */
  readonly valueKey: string
  /** The child tag that gives it its vocabulary. */
  readonly option?: string
  readonly attributes: AttributeSchema
}

/** A tag that shows data of the task. */
export interface ObjectRow {
  readonly family: 'object'
  /** What the task's field holds. */
  readonly data: z.ZodType
  readonly attributes: AttributeSchema
}

/** A tag that only lays out or decorates. */
export interface VisualRow {
  readonly family: 'visual'
  readonly attributes: AttributeSchema
}

/** A child that gives a control its vocabulary. */
export interface OptionRow {
  readonly family: 'option'
  readonly attributes: AttributeSchema
}

export type TagRow = ControlRow | ObjectRow | VisualRow | OptionRow
