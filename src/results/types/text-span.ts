import { z } from 'zod'
import { PrelabelError } from '../../errors.js'
import { defineShape, type Place, type Problem } from './shape-type.js'

/** What offsets count: JavaScript string indices, or characters as Python counts them. */
export type TextUnit = 'utf16' | 'codePoint'

/** A stretch of a `<Text>`, end exclusive. */
export interface SpanShape {
  readonly kind: 'span'
  readonly start: number
  readonly end: number
  /** @default 'utf16' */
  readonly unit?: TextUnit
}

const offset = z.union([z.int(), z.string().regex(/^\d+$/, 'must be a whole number')])
const value = z.object({ start: offset, end: offset, text: z.string().exactOptional() })
/** Offsets in code points, end exclusive. */
export type TextSpanValue = Readonly<z.infer<typeof value>>

export const textSpan = defineShape<SpanShape, TextSpanValue>({
  kind: 'span',
  schema: value,
  toValue({ start, end, unit = 'utf16' }, place) {
    const index = place.text()
    if (unit === 'utf16') {
      if (index === undefined) throw unknownText(place)
      return withText(index.toCodePoint(start), index.toCodePoint(end), place)
    }
    return withText(start, end, place)
  },
  fromValue(span, place) {
    const [start, end] = [Number(span.start), Number(span.end)]
    const index = place.text()
    if (index === undefined || end > index.codePoints) return { kind: 'span', start, end, unit: 'codePoint' }
    return { kind: 'span', start: index.fromCodePoint(start), end: index.fromCodePoint(end), unit: 'utf16' }
  },
  check: checkSpan,
})

function withText(start: number, end: number, place: Place): TextSpanValue {
  const index = place.text()
  const keeps = place.object.attributes.saveTextResult !== 'no'
  if (index === undefined || !keeps || !(start >= 0 && start <= end && end <= index.codePoints)) return { start, end }
  return { start, end, text: index.sliceCodePoints(start, end) }
}

/** The error of a span whose offsets cannot be converted. */
function unknownText({ object }: Place): PrelabelError {
  return new PrelabelError(`UTF-16 offsets need the text, which is not known for ${object.path}`, {
    code: 'unknown-text',
    path: object.path,
    hint: `Give it with \`draft.surface(${JSON.stringify(object.name)}, { text })\`, or give offsets in code points.`,
  })
}

function checkSpan({ start: from, end: to, text }: TextSpanValue, place: Place): Problem[] {
  const [start, end] = [Number(from), Number(to)]
  const error = (key: string, message: string, hint?: string): Problem[] => [
    { code: 'invalid-span', severity: 'error', key, message, ...(hint === undefined ? {} : { hint }) },
  ]
  if (start < 0) return error('start', `start is ${start}, must be at least 0`)
  if (end <= start) return error('end', `the span ends at ${end}, not after its start ${start}`)
  const index = place.text()
  if (index !== undefined && end > index.codePoints)
    return error(
      'end',
      `end is ${end}, but the text has ${index.codePoints} code points`,
      'Offsets count code points of the text that the task holds.',
    )
  const problems: Problem[] = []
  for (const [key, offset] of Object.entries({ start: from, end: to }))
    if (typeof offset === 'string')
      problems.push({
        code: 'number-as-text',
        severity: 'warning',
        key,
        message: `${key} is the text ${JSON.stringify(offset)}; write it as a number`,
      })
  const said = text === undefined ? undefined : [...text].length
  const differs =
    index === undefined
      ? said !== undefined && said !== end - start
      : text !== undefined && text !== index.sliceCodePoints(start, end)
  if (differs)
    problems.push({
      code: 'text-mismatch',
      severity: 'warning',
      key: 'text',
      message: `text is ${quote(text ?? '')}, but the span ${start}..${end} is ${
        index === undefined ? `${end - start} code points long` : quote(index.sliceCodePoints(start, end))
      }`,
      hint: 'Offsets count code points; leave `text` out, or cut it at the offsets.',
    })
  return problems
}

function quote(text: string): string {
  return JSON.stringify(text.length > 40 ? `${text.slice(0, 40)}…` : text)
}
