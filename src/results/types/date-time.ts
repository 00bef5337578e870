import { z } from 'zod'
import { defineSay } from './say-type.js'

/** The value of a `<DateTime>`. */
export interface DateTimeValue {
  readonly datetime: string
}

/** What the editor itself writes without `format`: a date, a date and a time, a time, a month or a year. */
const ISO_LIKE =
  /^(\d{4}(-\d{2}(-\d{2}([T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?)?)?)?|\d{1,2}(:\d{2}){0,2})$/

export const dateTime = defineSay({
  kind: 'datetime',
  schema: z.string(),
  check(content, { control }) {
    const { format } = control.attributes
    const pattern = format === undefined || format === '' ? ISO_LIKE : patternOf(format)
    if (pattern.test(content)) return []
    return [
      {
        code: 'invalid-datetime',
        severity: 'error',
        key: '',
        message: `${JSON.stringify(content)} is no date or time ${format === undefined ? 'as in 2026-11-21 or 2026-11-21T09:30' : `in the format ${format}`}`,
      },
    ]
  },
})

/** Digits of the strftime directives that have a fixed form; others stand for any text. */
const DIRECTIVES: Readonly<Record<string, string>> = {
  Y: '\\d{4}',
  y: '\\d{2}',
  m: '\\d{1,2}',
  d: '[ \\d]?\\d',
  e: '[ \\d]?\\d',
  H: '\\d{1,2}',
  I: '\\d{1,2}',
  M: '\\d{1,2}',
  S: '\\d{1,2}',
  j: '\\d{1,3}',
  '%': '%',
}

function patternOf(format: string): RegExp {
  const parts = format.split(/%[-_0]?(.)/)
  const source = parts.map((part, index) =>
    index % 2 === 0 ? part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&') : (DIRECTIVES[part] ?? '.+'),
  )
  return new RegExp(`^${source.join('')}$`)
}
