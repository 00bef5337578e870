/** What a result says under its value key: labels, choices, a text, a number, … */

import type { z } from 'zod'
import type { ControlTag, LabelingConfig } from '../../config/index.js'
import type { Task } from '../task.js'
import { schemaProblems } from './schema-problems.js'
import type { Problem } from './shape-type.js'

/** Whose vocabulary and limits a value is held against. */
export interface SayContext {
  readonly config: LabelingConfig
  readonly control: ControlTag
  readonly task?: Task | undefined
}

/** One kind of content. `key` in problems is the path below the value key: `[0]`; empty for the content itself. */
export interface SayType<Kind extends string, Content> {
  readonly kind: Kind
  readonly schema: z.ZodType<Content>
  /** What it means that the key is missing; without it, an error. */
  readonly missing?: (context: SayContext) => readonly Problem[]
  /** What is wrong with content of the right type. */
  check(content: Content, context: SayContext): readonly Problem[]
}

/** Content as a reader gives it. */
export interface Said<Kind extends string = string, Content = unknown> {
  readonly kind: Kind
  readonly content: Content
}

/** A kind of content for values of which nothing is known yet. */
export interface UncheckedSay<Read extends Said = Said> {
  readonly kind: string
  inspect(content: unknown, context: SayContext): readonly Problem[]
  /** The content; undefined when it has another form. */
  read(content: unknown): Read | undefined
}

export function defineSay<const Kind extends string, Content>(
  type: SayType<Kind, Content>,
): SayType<Kind, Content> & UncheckedSay<Said<Kind, Content>> {
  return {
    ...type,
    inspect(content, context) {
      if (content === undefined && type.missing !== undefined) return type.missing(context)
      const parsed = type.schema.safeParse(content)
      return parsed.success ? type.check(parsed.data, context) : schemaProblems(parsed.error, content)
    },
    read(content) {
      const parsed = type.schema.safeParse(content)
      return parsed.success ? { kind: type.kind, content: parsed.data } : undefined
    },
  }
}
