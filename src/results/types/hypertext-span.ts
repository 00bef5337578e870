import { z } from 'zod'
import { PrelabelError } from '../../errors.js'
import type { HtmlIndex } from '../text/index.js'
import { defineShape, type Place, type Problem } from './shape-type.js'
import { checkRange, checkText, fromCodePoints, type SpanShape, textOf, toCodePoints } from './text-span.js'

const value = z.object({
  start: z.union([z.string(), z.int()], 'must be an xpath or a whole number'),
  end: z.union([z.string(), z.int()], 'must be an xpath or a whole number'),
  startOffset: z.int().exactOptional(),
  endOffset: z.int().exactOptional(),
  globalOffsets: z.object({ start: z.int(), end: z.int() }).readonly().exactOptional(),
  text: z.string().exactOptional(),
})
/** Xpaths of text nodes with offsets into them, and code points of the whole rendered text as the way out. */
export type HypertextSpanValue = Readonly<z.infer<typeof value>>

export const hypertextSpan = defineShape<SpanShape, HypertextSpanValue>({
  kind: 'span',
  schema: value,
  toValue(span, place) {
    const html = place.html()
    const { start, end } = toCodePoints(span, html, place)
    // Without the page the editor takes plain offsets of the rendered text.
    if (html === undefined) return { start, end }
    const range = html.spanToRange(html.fromCodePoint(start), html.fromCodePoint(end))
    if (range === undefined) throw emptySpan(place, start, end)
    const { globalOffsets } = range
    return { ...range, ...textOf(html, globalOffsets.start, globalOffsets.end, place) }
  },
  fromValue(span, place) {
    const html = place.html()
    const found = html?.rangeToSpan(span)
    if (found !== undefined) return { kind: 'span', ...found, unit: 'utf16' }
    const { start, end } = span.globalOffsets ?? { start: Number(span.start), end: Number(span.end) }
    return fromCodePoints(start, end, html)
  },
  check: (span, place) => checkSpan(span, place.html()),
})

function checkSpan(span: HypertextSpanValue, html: HtmlIndex | undefined): Problem[] {
  const { start, end, startOffset, endOffset, globalOffsets, text } = span
  if ((startOffset === undefined) !== (endOffset === undefined))
    return [
      {
        code: 'missing-value',
        severity: 'error',
        key: startOffset === undefined ? 'startOffset' : 'endOffset',
        message: 'an xpath needs startOffset and endOffset',
      },
    ]
  const plain = startOffset === undefined
  if (plain && !isWhole(start)) return [noOffset('start', start)]
  if (plain && !isWhole(end)) return [noOffset('end', end)]
  const range = plain ? { start: Number(start), end: Number(end) } : globalOffsets
  const wrong = range === undefined ? [] : checkRange(range.start, range.end, html?.codePoints)
  if (wrong.length > 0)
    return plain ? wrong : wrong.map((problem) => ({ ...problem, key: `globalOffsets.${problem.key}` }))
  if (html === undefined)
    return checkText(text, range === undefined ? lengthOf(text) : range.end - range.start, undefined)
  const found = html.rangeToSpan(span)
  if (found === undefined)
    return [
      {
        code: 'span-not-found',
        severity: 'error',
        key: 'start',
        message: `the page has no such place: ${JSON.stringify(start)} … ${JSON.stringify(end)}`,
        hint: 'Xpaths are those of the page as the task holds it; give `globalOffsets` beside them.',
      },
    ]
  return checkText(text, found.end - found.start, html.text.slice(found.start, found.end))
}

function isWhole(offset: string | number): boolean {
  return /^\d+$/.test(String(offset))
}

function noOffset(key: string, offset: string | number): Problem {
  return {
    code: 'missing-value',
    severity: 'error',
    key: `${key}Offset`,
    message: `${key} is the xpath ${JSON.stringify(offset)}, but ${key}Offset is missing`,
  }
}

function lengthOf(text: string | undefined): number {
  return [...(text ?? '')].length
}

function emptySpan({ object }: Place, start: number, end: number): PrelabelError {
  return new PrelabelError(`the span ${start}..${end} holds no character of the page`, {
    code: 'empty-span',
    path: object.path,
  })
}
