import { z } from 'zod'
import { defineShape, type Place, type Problem } from './shape-type.js'

/** A stretch of a dialogue, in UTF-16 units of its utterances, end exclusive. */
export interface ParagraphSpanShape {
  readonly kind: 'paragraph-span'
  /** 0-based index of the utterance in which it begins. */
  readonly utterance: number
  /** Offset in that utterance. */
  readonly start: number
  /** 0-based index of the utterance in which it ends. @default the same */
  readonly endUtterance?: number
  /** Offset in the utterance in which it ends. */
  readonly end: number
}

const value = z.object({
  start: z.string().regex(/^\d+$/, 'must be the index of an utterance, as text'),
  end: z.string().regex(/^\d+$/, 'must be the index of an utterance, as text'),
  startOffset: z.int(),
  endOffset: z.int(),
  text: z.string().exactOptional(),
})
/** Indexes of utterances as text, which alone the editor reads; offsets in UTF-16 units. */
export type ParagraphSpanValue = Readonly<z.infer<typeof value>>

export const paragraphSpan = defineShape<ParagraphSpanShape, ParagraphSpanValue>({
  kind: 'paragraph-span',
  schema: value,
  toValue({ utterance, endUtterance = utterance, start, end }, place) {
    const text = endUtterance === utterance ? place.utterances()?.[utterance]?.slice(start, end) : undefined
    const wanted = place.object.attributes.saveTextResult !== 'no'
    return {
      start: String(utterance),
      end: String(endUtterance),
      startOffset: start,
      endOffset: end,
      ...(text === undefined || !wanted ? {} : { text }),
    }
  },
  fromValue: ({ start, end, startOffset, endOffset }) => ({
    kind: 'paragraph-span',
    utterance: Number(start),
    start: startOffset,
    endUtterance: Number(end),
    end: endOffset,
  }),
  check: (span, place) => checkSpan(span, place),
})

function checkSpan(span: ParagraphSpanValue, place: Place): Problem[] {
  const [first, last] = [Number(span.start), Number(span.end)]
  const { startOffset, endOffset, text } = span
  if (last < first || (last === first && endOffset <= startOffset))
    return [wrong('endOffset', `the span ends at ${last}:${endOffset}, not after its start ${first}:${startOffset}`)]
  if (startOffset < 0) return [wrong('startOffset', `startOffset is ${startOffset}, must be at least 0`)]
  const utterances = place.utterances()
  if (utterances === undefined) return []
  const [begin, finish] = [utterances[first], utterances[last]]
  if (begin === undefined || finish === undefined)
    return [
      wrong(begin === undefined ? 'start' : 'end', `the dialogue has ${utterances.length} utterances, counted from 0`),
    ]
  if (startOffset > begin.length)
    return [wrong('startOffset', `startOffset is ${startOffset}, but the utterance is ${begin.length} long`)]
  if (endOffset > finish.length)
    return [wrong('endOffset', `endOffset is ${endOffset}, but the utterance is ${finish.length} long`)]
  const quoted = first === last ? begin.slice(startOffset, endOffset) : undefined
  if (text === undefined || quoted === undefined || text === quoted) return []
  return [
    {
      code: 'text-mismatch',
      severity: 'warning',
      key: 'text',
      message: `text is ${JSON.stringify(text)}, but the span covers ${JSON.stringify(quoted)}`,
      hint: 'The editor moves the region to where it finds `text`. Offsets count UTF-16 units of the utterance.',
    },
  ]
}

function wrong(key: string, message: string): Problem {
  return { code: 'invalid-span', severity: 'error', key, message }
}
