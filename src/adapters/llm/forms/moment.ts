import { z } from 'zod'
import type { ControlTag } from '../../../config/labeling-config.js'
import { type AnswerForm, type FormOptions, scored } from './answer-form.js'
import { singleForm } from './make-form.js'
import { formatMoment, type MomentParts } from './strftime.js'

interface Shape {
  /** As the model is told. */
  readonly written: string
  readonly pattern: RegExp
  /** As results have it when the control names no format. */
  readonly format: string
}

const DATE: Shape = {
  written: 'YYYY-MM-DD',
  pattern: /^(?<year>\d{4})-(?<month>\d{2})-(?<day>\d{2})$/,
  format: '%Y-%m-%d',
}
const DATE_TIME: Shape = {
  written: 'YYYY-MM-DDThh:mm',
  pattern: /^(?<year>\d{4})-(?<month>\d{2})-(?<day>\d{2})T(?<hour>\d{2}):(?<minute>\d{2})$/,
  format: '%Y-%m-%dT%H:%M',
}
const TIME: Shape = { written: 'hh:mm', pattern: /^(?<hour>\d{2}):(?<minute>\d{2})$/, format: '%H:%M' }
const MONTH: Shape = { written: 'YYYY-MM', pattern: /^(?<year>\d{4})-(?<month>\d{2})$/, format: '%Y-%m' }
const YEAR: Shape = { written: 'YYYY', pattern: /^(?<year>\d{4})$/, format: '%Y' }

/** `<DateTime>`: asked for in ISO's way, given in the control's `format`. */
export function momentForm({ attributes }: ControlTag, options: FormOptions): AnswerForm {
  const shape = shapeOf(attributes.only)
  const value = z
    .string()
    .refine((text) => readParts(text, shape) !== undefined, `must be a moment that exists, written ${shape.written}`)
  const open = options.abstain ? '; null if it is not given' : ''
  return singleForm(
    options.abstain ? value.nullable() : value,
    `a moment written ${shape.written}${open}.`,
    options,
    (text, score) => {
      const parts = text === null ? undefined : readParts(text, shape)
      if (parts === undefined) return []
      return [{ kind: 'datetime', value: formatMoment(parts, attributes.format ?? shape.format), ...scored(score) }]
    },
  )
}

function shapeOf(only: string | undefined): Shape {
  const parts = (only ?? 'date,time').split(',').map((part) => part.trim())
  if (parts.includes('date')) return parts.includes('time') ? DATE_TIME : DATE
  if (parts.includes('month')) return MONTH
  if (parts.includes('year')) return YEAR
  return parts.includes('time') ? TIME : DATE_TIME
}

/** The parts of a text of this shape, when there is such a day and time. */
function readParts(text: string, { pattern }: Shape): MomentParts | undefined {
  const groups = pattern.exec(text)?.groups
  if (groups === undefined) return undefined
  const part = (name: string, otherwise: number) => Number(groups[name] ?? otherwise)
  const parts = {
    year: part('year', 1970),
    month: part('month', 1),
    day: part('day', 1),
    hour: part('hour', 0),
    minute: part('minute', 0),
  }
  const date = new Date(Date.UTC(parts.year, parts.month - 1, parts.day, parts.hour, parts.minute))
  date.setUTCFullYear(parts.year, parts.month - 1, parts.day)
  const exists =
    date.getUTCMonth() === parts.month - 1 &&
    date.getUTCDate() === parts.day &&
    date.getUTCHours() === parts.hour &&
    date.getUTCMinutes() === parts.minute
  return exists ? parts : undefined
}
