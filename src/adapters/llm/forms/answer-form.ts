/** How one control is asked for, and what an answer to it means. */

import type { z } from 'zod'
import type { Finding } from '../../../results/findings.js'
import type { ItemInput } from '../../adapter.js'

/** A place inside an answer: `[]` is all of it, `[2, 'quote']` the quote of its third element. */
type AnswerPath = readonly (string | number)[]

/** The probability of all tokens of a value together, or of one of them on average: for values that are long. */
export type Measure = 'whole' | 'token'

/** How sure the model is of the part of the answer at a path, 0..1; undefined when it cannot be told. */
export type ScoreAt = (path: AnswerPath, measure: Measure) => number | undefined

export interface AnswerIssue {
  readonly path: AnswerPath
  readonly message: string
}

/** What an answer says. With `valid` false it says nothing; issues of a valid one concern only parts of it. */
export interface AnswerReading {
  readonly valid: boolean
  readonly findings: readonly Finding[]
  readonly issues: readonly AnswerIssue[]
}

export interface AnswerForm {
  /** What an answer looks like: goes to the model as a JSON schema, and checks what comes back. */
  readonly schema: z.ZodType
  /** What to say, for the prompt: one sentence, and the vocabulary in lines of its own. */
  readonly instruction: string
  /** @param inputs what the task shows: quotes are looked up in it */
  read(answer: unknown, scoreAt: ScoreAt, inputs: readonly ItemInput[]): AnswerReading
  /** A plain answer as this form wants it: with a confidence beside it where one is asked for. */
  write(plain: unknown): unknown
}

/** What a form is made with, besides the control. */
export interface FormOptions {
  /** The model may leave a control open. */
  readonly abstain: boolean
  /** The model says how sure it is, beside each answer. */
  readonly stated: boolean
}

/** A score as findings carry it: absent when it is not known. */
export function scored(score: number | undefined): { score?: number } {
  return score === undefined ? {} : { score }
}
