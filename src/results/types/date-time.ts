import { z } from 'zod'
import { defineSay } from './say-type.js'
import { isInTimeFormat } from './time-format.js'

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
    if (format === undefined || format === '' ? ISO_LIKE.test(content) : isInTimeFormat(content, format)) return []
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
