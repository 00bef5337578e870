/** All controls of a task in one answer: a JSON object with a property for each. */

import { z } from 'zod'
import type { ControlTag } from '../../config/labeling-config.js'
import { ownValue } from '../../own-value.js'
import type { Finding } from '../../results/findings.js'
import type { Item, ItemInput } from '../adapter.js'
import type { AnswerForm, AnswerIssue, FormOptions } from './forms/answer-form.js'
import { dependsOnTask, formFor } from './forms/form-for.js'
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
  /** @param inputs what the task shows */
  read(reply: LlmReply, inputs: readonly ItemInput[]): SheetReading
}

/**
 * Makes the sheets of items; without questions when there is nothing to ask. Controls of pages are not asked, and those of
 * regions only where an item is one. Items with the same controls share a sheet, unless options come with the task.
 *
 * @param asked whether a control is one to ask
 */
export function createSheets(
  options: FormOptions,
  asked: (control: ControlTag) => boolean,
): (item: Item) => AnswerSheet {
  const known = new WeakMap<ControlTag, { readonly controls: readonly ControlTag[]; readonly sheet: AnswerSheet }>()
  return (item) => {
    const ofRegion = item.region !== undefined
    const controls = item.controls.filter(
      (control) => control.perRegion === ofRegion && !control.perItem && asked(control),
    )
    const [first] = controls
    if (first === undefined || controls.some(dependsOnTask)) return makeSheet(item, controls, options)
    const before = known.get(first)
    const same =
      before?.controls.length === controls.length && controls.every((control, at) => control === before.controls[at])
    if (before !== undefined && same) return before.sheet
    const sheet = makeSheet(item, controls, options)
    known.set(first, { controls, sheet })
    return sheet
  }
}

function makeSheet(item: Item, controls: readonly ControlTag[], options: FormOptions): AnswerSheet {
  const questions = controls.flatMap((control, index) => {
    const form = formFor(control, item.task, item.inputs, options)
    return form === undefined ? [] : [{ control, key: keyOf(control, index), form }]
  })
  const shape = Object.fromEntries(questions.map(({ key, form }) => [key, form.schema]))
  return {
    questions,
    schema: portableSchema(z.strictObject(shape)),
    read: (reply, inputs) => readReply(reply, questions, inputs),
  }
}

/** The control's name where it can be a property in every provider's strict mode. */
function keyOf({ name }: ControlTag, index: number): string {
  return /^[\w-]{1,64}$/.test(name) ? name : `control_${index + 1}`
}

function readReply(reply: LlmReply, questions: readonly Question[], inputs: readonly ItemInput[]): SheetReading {
  const json = extractJson(reply.text)
  if (json === undefined) {
    return { valid: false, findings: [], issues: [{ path: [], message: 'the reply holds no JSON object' }] }
  }
  const scores = tokenScores(reply, json)
  const readings = questions.map(({ control, key, form }) => ({
    control,
    key,
    reading: form.read(ownValue(json.value, key), (path, measure) => scores([key, ...path], measure), inputs),
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
