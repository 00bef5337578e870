import { z } from 'zod'
import type { ClassScore, Finding, NodeScore } from '../../../results/findings.js'
import type { ItemInput } from '../../adapter.js'
import type { AnswerForm, AnswerReading, FormOptions, Measure, ScoreAt } from './answer-form.js'
import { classMeaning } from './class-meaning.js'

const confidence = z.number().min(0).max(1)
const HOW_SURE = 'Beside each answer say how sure you are: `confidence`, the probability from 0 to 1 that it is right.'
/** What few-shot examples say of themselves. */
const SURE = 0.95

/** An answer that is one value. */
export function singleForm<T>(
  value: z.ZodType<T>,
  instruction: string,
  { stated }: FormOptions,
  read: (value: T, score: number | undefined) => readonly Finding[],
  measure: Measure = 'whole',
): AnswerForm {
  if (!stated) {
    const reader = (answer: T, scoreAt: ScoreAt) => whole(read(answer, scoreAt([], measure)))
    return { instruction, ...checked(value, reader), write: (plain) => plain }
  }
  return {
    instruction: `${instruction}\n${HOW_SURE}`,
    ...checked(z.strictObject({ answer: value, confidence }), (given) => whole(read(given.answer, given.confidence))),
    write: withConfidence,
  }
}

/** What an element of a list means for a task that shows these inputs; a text says why it means nothing. */
export type ReadElements<T> = (
  inputs: readonly ItemInput[],
) => (value: T, score: number | undefined) => readonly Finding[] | string

/** An answer that is a list of at most so many; an element that means nothing is left out, with an issue. */
export function listForm<T>(
  element: z.ZodType<T>,
  instruction: string,
  { stated }: FormOptions,
  readFor: ReadElements<T>,
  most = Number.MAX_SAFE_INTEGER,
): AnswerForm {
  if (!stated) {
    const reader = (answer: readonly T[], scoreAt: ScoreAt, inputs: readonly ItemInput[]) => {
      const read = readFor(inputs)
      return readElements(answer, (value, index) => read(value, scoreAt([index], 'whole')))
    }
    return { instruction, ...checked(z.array(element).max(most), reader), write: (plain) => plain }
  }
  const elements = z.array(z.strictObject({ answer: element, confidence })).max(most)
  return {
    instruction: `${instruction}\n${HOW_SURE}`,
    ...checked(elements, (answer, _, inputs) => {
      const read = readFor(inputs)
      return readElements(answer, (given) => read(given.answer, given.confidence))
    }),
    write: (plain) => (Array.isArray(plain) ? plain.map(withConfidence) : plain),
  }
}

function withConfidence(answer: unknown): unknown {
  return { answer, confidence: SURE }
}

function checked<T>(
  schema: z.ZodType<T>,
  read: (answer: T, scoreAt: ScoreAt, inputs: readonly ItemInput[]) => AnswerReading,
): Pick<AnswerForm, 'schema' | 'read'> {
  return {
    schema,
    read(answer, scoreAt, inputs) {
      const given = schema.safeParse(answer)
      if (given.success) return read(given.data, scoreAt, inputs)
      const issues = given.error.issues.map(({ path, message }) => ({ path: path.map(toStep), message }))
      return { valid: false, findings: [], issues }
    },
  }
}

function toStep(step: PropertyKey): string | number {
  return typeof step === 'symbol' ? String(step) : step
}

function whole(findings: readonly Finding[]): AnswerReading {
  return { valid: true, findings, issues: [] }
}

function readElements<T>(
  elements: readonly T[],
  read: (element: T, index: number) => readonly Finding[] | string,
): AnswerReading {
  const results = elements.map(read)
  return {
    valid: true,
    findings: joinClasses(withoutEquals(results.flatMap((result) => (typeof result === 'string' ? [] : result)))),
    issues: results.flatMap((result, index) =>
      typeof result === 'string' ? [{ path: [index], message: result }] : [],
    ),
  }
}

/** What is said twice is meant once. */
function withoutEquals(findings: readonly Finding[]): readonly Finding[] {
  const distinct = new Map(findings.map((finding) => [JSON.stringify({ ...finding, score: undefined }), finding]))
  return [...distinct.values()]
}

/** Classes of one object are one finding, best first. */
function joinClasses(findings: readonly Finding[]): readonly Finding[] {
  const classes = findings.flatMap((finding) => (finding.kind === 'classification' ? finding.classes : []))
  if (classes.length === 0) return findings
  const best = new Map<string, ClassScore | NodeScore>()
  for (const entry of classes) {
    const meant = classMeaning(entry)
    if (!best.has(meant)) best.set(meant, entry)
  }
  return [{ kind: 'classification', classes: [...best.values()].sort((a, b) => (b.score ?? 0) - (a.score ?? 0)) }]
}
