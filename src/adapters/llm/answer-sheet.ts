/** All controls of a task in one answer: a JSON object with a property for each. */

import { z } from 'zod'
import type { ControlTag } from '../../config/labeling-config.js'
import type { Finding } from '../../results/findings.js'
import type { Item } from '../adapter.js'
import type { AnswerForm, AnswerIssue, FormOptions } from './forms/answer-form.js'
import { formFor } from './forms/form-for.js'
import { portableSchema } from './portable-schema.js'
import type { JsonSchema, LlmReply } from './provider.js'
import { extractJson } from './reply/extract-json.js'
import { tokenScores } from './reply/token-scores.js'

export interface Question {
  readonly control: ControlTag
  /** The property of the answer. */
  readonly key: string
  readonly form: AnswerForm
}

/** What a reply says. With `valid` false at least one control has no usable answer. */
export interface SheetReading {
  readonly valid: boolean
  readonly findings: readonly Finding[]
  readonly issues: readonly AnswerIssue[]
}

export interface AnswerSheet {
  readonly questions: readonly Question[]
  readonly schema: JsonSchema
  read(reply: LlmReply): SheetReading
}

/** The sheet for one task; without questions when there is nothing to ask. Regions' own controls are not asked. */
export function createAnswerSheet(item: Item, controls: readonly ControlTag[], options: FormOptions): AnswerSheet {
  const questions = controls.flatMap((control, index) => {
    const form = control.perRegion || control.perItem ? undefined : formFor(control, item.task, item.inputs, options)
    return form === undefined ? [] : [{ control, key: keyOf(control, index), form }]
  })
  const shape = Object.fromEntries(questions.map(({ key, form }) => [key, form.schema]))
  return {
    questions,
    schema: portableSchema(z.strictObject(shape)),
    read: (reply) => readReply(reply, questions),
  }
}

/** The control's name where it can be a property in every provider's strict mode. */
function keyOf({ name }: ControlTag, index: number): string {
  return /^[\w-]{1,64}$/.test(name) ? name : `control_${index + 1}`
}

function readReply(reply: LlmReply, questions: readonly Question[]): SheetReading {
  const json = extractJson(reply.text)
  if (json === undefined) {
    return { valid: false, findings: [], issues: [{ path: [], message: 'the reply holds no JSON object' }] }
  }
  const scores = tokenScores(reply, json)
  const readings = questions.map(({ control, key, form }) => ({
    control,
    key,
    reading: form.read(json.value[key], (path, measure) => scores([key, ...path], measure)),
  }))
  return {
    valid: readings.every(({ reading }) => reading.valid),
    findings: readings.flatMap(({ control, reading }) =>
      reading.findings.map((finding) => ({ ...finding, control: control.name })),
    ),
    issues: readings.flatMap(({ key, reading }) =>
      reading.issues.map(({ path, message }) => ({ path: [key, ...path], message })),
    ),
  }
}
