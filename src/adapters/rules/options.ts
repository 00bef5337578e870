import { z } from 'zod'
import { adapterName } from '../adapter-name.js'

const score = z.number().min(0).max(1)

const manner = {
  /** Class that a match is of. */
  label: z.string().min(1),
  /** How sure a match is. @default 1; for inexact matches less, by the share of wrong characters */
  score: score.default(1),
  /** @default what the adapter's option of this name says */
  caseSensitive: z.boolean().optional(),
  /** Only matches that begin and end with a word. @default what the adapter's option of this name says */
  wholeWords: z.boolean().optional(),
}

const dictionaryRule = z.strictObject({
  ...manner,
  /** Words or phrases; any white space stands for any other. */
  terms: z.array(z.string().regex(/\S/, 'must hold more than white space')).min(1),
  /** Most characters that may be wrong, missing or too many; less than half of every term. @default 0 */
  maxEdits: z.number().int().min(0).default(0),
})

const patternRule = z.strictObject({
  ...manner,
  /** A regular expression in RE2's syntax: no look-around, no back-references, and time linear in the text. */
  pattern: z.string().min(1),
  /** The group whose text is the match; 0 is the whole. @default 0 */
  group: z.number().int().min(0).default(0),
})

export const rulesOptions = z.strictObject({
  name: adapterName('rules'),
  /** What to look for. May be empty: then it only proposes, in interactive mode, what the annotator has marked. */
  rules: z.array(z.union([dictionaryRule, patternRule])),
  /** @default false */
  caseSensitive: z.boolean().default(false),
  /** @default true for terms, false for patterns */
  wholeWords: z.boolean().optional(),
  /** Of matches that overlap, keep the `longest`, or `all`. @default 'longest' */
  overlaps: z.enum(['longest', 'all']).default('longest'),
  /** Model class → label of the config, `null` to leave the class out. */
  labelMap: z.record(z.string(), z.string().nullable()).optional(),
  /** Only these controls, by name. */
  controls: z.array(z.string()).optional(),
  /** Longest text of a task, UTF-16 units; a longer one fails that task. @default 500000 */
  maxCharacters: z.number().int().positive().default(500_000),
  /** Longest time that one rule may take for one text, in milliseconds. @default 2000 */
  maxMilliseconds: z.number().positive().default(2000),
})

/** Options of {@link rules}. */
export interface RulesOptions extends z.input<typeof rulesOptions> {
  /** Name of the adapter, part of the model version; give one when several of its kind serve one project. @default 'rules' */
  readonly name?: string | undefined
}
export type RulesSettings = z.output<typeof rulesOptions>
export type Rule = RulesSettings['rules'][number]
