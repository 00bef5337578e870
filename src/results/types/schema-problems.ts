/** What a schema finds, as problems that say what was met. */

import type { z } from 'zod'
import type { Problem } from './shape-type.js'

/** The problems of a failed parse: one for each place. */
export function schemaProblems(error: z.ZodError, value: unknown): Problem[] {
  return error.issues.map((issue) => {
    const key = pathText(issue.path)
    const met = at(value, issue.path)
    return met === undefined
      ? { code: 'missing-value', severity: 'error', key, message: `${name(key)} is missing` }
      : { code: 'invalid-value', severity: 'error', key, message: `${name(key)} is ${brief(met)}: ${reason(issue)}` }
  })
}

/** `points[2][0]`, `sequence[1].frame`. */
export function pathText(path: readonly PropertyKey[]): string {
  return path.reduce<string>((text, step) => {
    if (typeof step === 'number') return `${text}[${step}]`
    return text === '' ? String(step) : `${text}.${String(step)}`
  }, '')
}

/** A value in a message: short, and never a whole mask. */
export function brief(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value)
  return text.length > 60 ? `${text.slice(0, 57)}…` : text
}

function name(key: string): string {
  return key === '' ? 'the value' : key
}

function reason(issue: z.core.$ZodIssue): string {
  if (issue.code === 'invalid_type') return `must be ${issue.expected === 'int' ? 'a whole number' : issue.expected}`
  return issue.message.charAt(0).toLowerCase() + issue.message.slice(1)
}

function at(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (found, step) => (typeof found === 'object' && found !== null ? Reflect.get(found, step) : undefined),
    value,
  )
}
