import { z } from 'zod'
import type { ObjectTag } from '../../../config/labeling-config.js'
import { readField } from '../../../config/read-field.js'
import type { Input } from '../../../media/inputs.js'
import { indexHyperText } from '../../../results/text/index.js'
import type { ItemInput } from '../../adapter.js'
import { annotatedResult } from './plain-answers.js'

/** A task whose answers are known, shown to the model before the task that is to be labelled. */
export interface LlmExample {
  /** Of the task it was taken from: that task is never shown its own answers. */
  readonly id?: number | string
  /** As a task's `data`. */
  readonly data: Readonly<Record<string, unknown>>
  /** Answers by control name: a label, a list of labels, a text, a number, `{ label, quote, occurrence }[]`, … */
  readonly answers?: Readonly<Record<string, unknown>>
  /** Or an annotation's `result`, as Label Studio has it. */
  readonly results?: readonly Readonly<Record<string, unknown>>[]
}

const annotatedTask = z.looseObject({
  id: z.union([z.number(), z.string()]).optional(),
  data: z.record(z.string(), z.unknown()),
  annotations: z
    .array(z.looseObject({ result: z.array(annotatedResult), was_cancelled: z.boolean().nullish() }))
    .default([]),
})

/**
 * Examples from annotated tasks, as Label Studio exports them (`exportType=JSON`): of each task its last annotation that
 * was not skipped. Tasks without one give none.
 *
 * @throws ZodError when it is no such export
 */
export function examplesFromTasks(tasks: unknown): readonly LlmExample[] {
  return z
    .array(annotatedTask)
    .parse(tasks)
    .flatMap(({ id, data, annotations }) => {
      const last = annotations.findLast(({ was_cancelled }) => was_cancelled !== true)
      return last === undefined ? [] : [{ ...(id === undefined ? {} : { id }), data, results: last.result }]
    })
}

const utterances = z.array(z.looseObject({}))

/** What an example shows: texts and data as the objects of a task show theirs; pictures are left out. */
export function inputsOfExample({ data }: LlmExample, shown: readonly ItemInput[]): ItemInput[] {
  return shown.flatMap(({ object, input }) => {
    const value = readField(object, data)
    const made = value === undefined || value === null ? undefined : toInput(input.kind, object, value)
    return made === undefined ? [] : [{ object, input: made }]
  })
}

function toInput(kind: Input['kind'], object: ObjectTag, value: unknown): Input | undefined {
  if (kind === 'text') {
    const text = String(value)
    return object.tag === 'HyperText' ? { kind, text: indexHyperText(object, text).text, html: text } : { kind, text }
  }
  if (kind === 'dialogue') {
    const { nameKey = 'author', textKey = 'text' } = object.attributes
    const entries = utterances.safeParse(value).data
    return (
      entries && {
        kind,
        utterances: entries.map((entry) => ({
          author: String(entry[nameKey] ?? ''),
          text: String(entry[textKey] ?? ''),
        })),
      }
    )
  }
  return kind === 'data' ? { kind, value } : undefined
}
