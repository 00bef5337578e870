import { z } from 'zod'
import { PrelabelError } from '../../errors.js'
import type { TextIndex } from '../text/index.js'
import { defineShape, type Place, type Problem } from './shape-type.js'

/** What offsets count: JavaScript string indices, or characters as Python counts them. */
export type TextUnit = 'utf16' | 'codePoint'

/** A stretch of a `<Text>` or of the rendered text of a `<HyperText>`, end exclusive. */
export interface SpanShape {
  readonly kind: 'span'
  readonly start: number
  readonly end: number
  /** @default 'utf16' */
  readonly unit?: TextUnit
}

const offset = z.union([z.int(), z.string().regex(/^-?\d+$/)], 'must be a whole number')
const value = z.object({ start: offset, end: offset, text: z.string().exactOptional() })
/** Offsets in code points, end exclusive. */
export type TextSpanValue = Readonly<z.infer<typeof value>>

export const textSpan = defineShape<SpanShape, TextSpanValue>({
  kind: 'span',
  schema: value,
  toValue(span, place) {
    const index = place.text()
    const { start, end } = toCodePoints(span, index, place)
    return { start, end, ...textOf(index, start, end, place) }
  },
  fromValue: ({ start, end }, place) => fromCodePoints(Number(start), Number(end), place.text()),
  check({ start, end, text }, place) {
    const [from, to] = [Number(start), Number(end)]
    const index = place.text()
    const wrong = checkRange(from, to, index?.codePoints)
    if (wrong.length > 0) return wrong
    const quoted = index?.sliceCodePoints(from, to)
    return [...checkNumber(start, 'start'), ...checkNumber(end, 'end'), ...checkText(text, to - from, quoted)]
  },
})

/**
 * @throws PrelabelError `unknown-text`; `offset-out-of-range` for UTF-16 offsets outside the text; `empty-span` for those that
 * lie within one character
 */
export function toCodePoints(
  { start, end, unit = 'utf16' }: Omit<SpanShape, 'kind'>,
  index: TextIndex | undefined,
  { object }: Place,
): { start: number; end: number } {
  if (unit === 'codePoint') return { start, end }
  if (index !== undefined) {
    const points = { start: index.toCodePoint(start), end: index.toCodePoint(end) }
    if (start < end && points.start === points.end) throw withinCharacter(start, end, object)
    return points
  }
  throw new PrelabelError(`UTF-16 offsets need the text, which is not known for ${object.path}`, {
    code: 'unknown-text',
    path: object.path,
    hint: `Give it with \`draft.surface(${JSON.stringify(object.name)}, { text })\`, or give offsets in code points.`,
  })
}

function withinCharacter(start: number, end: number, { path }: Place['object']): PrelabelError {
  return new PrelabelError(`the span ${start}..${end} lies within one character, which takes two UTF-16 units`, {
    code: 'empty-span',
    path,
    hint: 'Give offsets between characters; those of a model that counts characters with `unit: "codePoint"`.',
  })
}

/** In UTF-16 units when the text is known. */
export function fromCodePoints(start: number, end: number, index: TextIndex | undefined): SpanShape {
  if (index === undefined || start < 0 || start > end || end > index.codePoints)
    return { kind: 'span', start, end, unit: 'codePoint' }
  return { kind: 'span', start: index.fromCodePoint(start), end: index.fromCodePoint(end), unit: 'utf16' }
}

/** The `text` of a value, when it is known and the object tag wants it. */
export function textOf(index: TextIndex | undefined, start: number, end: number, { object }: Place): { text?: string } {
  const wanted = object.attributes.saveTextResult !== 'no'
  if (index === undefined || !wanted || !(start >= 0 && start <= end && end <= index.codePoints)) return {}
  return { text: index.sliceCodePoints(start, end) }
}

/** Problems of two offsets in a text of that length; of unknown length without it. */
export function checkRange(start: number, end: number, length = Infinity): Problem[] {
  const wrong = (key: string, message: string, hint?: string): Problem[] => [
    { code: 'invalid-span', severity: 'error', key, message, ...(hint === undefined ? {} : { hint }) },
  ]
  if (start < 0) return wrong('start', `start is ${start}, must be at least 0`)
  if (end <= start) return wrong('end', `the span ends at ${end}, not after its start ${start}`)
  if (end > length)
    return wrong('end', `end is ${end}, but the text is ${length} long`, 'Offsets count code points of the text.')
  return []
}

function checkNumber(offset: string | number, key: string): Problem[] {
  if (typeof offset === 'number') return []
  return [
    {
      code: 'number-as-text',
      severity: 'warning',
      key,
      message: `${key} is the text ${JSON.stringify(offset)}; the editor takes it, other readers may not`,
      hint: 'Write it as a number.',
    },
  ]
}

/** Problems of the `text` beside offsets: held against the text when it is known, else by its length. */
export function checkText(text: string | undefined, length: number, quoted: string | undefined): Problem[] {
  if (text === undefined) return []
  const right = quoted === undefined ? [...text].length === length : text === quoted
  if (right) return []
  const there = quoted === undefined ? `${length} code points` : brief(quoted)
  return [
    {
      code: 'text-mismatch',
      severity: 'warning',
      key: 'text',
      message: `text is ${brief(text)}, but the span covers ${there}`,
      hint: 'Offsets count code points; leave `text` out, or cut it at the offsets.',
    },
  ]
}

function brief(text: string): string {
  return JSON.stringify(text.length > 40 ? `${text.slice(0, 40)}…` : text)
}
