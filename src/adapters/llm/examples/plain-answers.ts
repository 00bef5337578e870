/** From what annotators drew and chose to the answers that a model should have given. */

import { z } from 'zod'
import type { ControlTag } from '../../../config/labeling-config.js'
import { createTextIndex } from '../../../results/text/index.js'
import type { ItemInput } from '../../adapter.js'
import { readText } from '../../text/item-texts.js'
import type { ReadingText } from '../../text/reading-text.js'
import { pathWord } from '../forms/vocabulary.js'

/** A result as Label Studio has it, as far as it is read here. */
export const annotatedResult = z.looseObject({
  from_name: z.string().optional(),
  value: z.looseObject({}).optional(),
})
export type AnnotatedResult = z.infer<typeof annotatedResult>

const words = z.array(z.string())
const span = z.object({ start: z.coerce.number(), end: z.coerce.number() })
const paragraphSpan = span.extend({ startOffset: z.number(), endOffset: z.number() })
const spanOffsets = z.object({ globalOffsets: span }).transform(({ globalOffsets }) => globalOffsets)

/**
 * The answer that results of one control stand for, in the plain form of its tag; undefined when they stand for none.
 *
 * @param inputs what the task shows: spans are given by quote
 */
export function plainAnswer(
  control: ControlTag,
  results: readonly AnnotatedResult[],
  inputs: readonly ItemInput[],
): unknown {
  const values = results.flatMap(({ from_name, value }) =>
    from_name === control.name && value !== undefined ? [value] : [],
  )
  const [value] = values
  const shown = inputs.find(({ object }) => control.toName.includes(object.name))
  const input = shown?.input
  switch (control.tag) {
    case 'Choices': {
      const chosen = words.safeParse(value?.choices).data ?? []
      return control.multiple ? chosen : chosen[0]
    }
    case 'Taxonomy':
      return z.array(words).safeParse(value?.taxonomy).data?.map(pathWord) ?? []
    case 'TextArea':
      return textOf(value?.text)
    case 'Rating':
      return value?.rating
    case 'Number':
      return value?.number
    case 'Pairwise':
      return value?.selected
    case 'Labels':
    case 'HyperTextLabels':
      return input?.kind === 'text'
        ? values.flatMap((each) => quoteIn(input.text, readText(input, shown?.object), each, control))
        : undefined
    case 'ParagraphLabels':
      return input?.kind === 'dialogue'
        ? values.flatMap((each) => quoteInDialogue(input.utterances, each, control))
        : undefined
    default:
      return undefined
  }
}

function textOf(text: unknown): string | undefined {
  if (typeof text === 'string') return text
  return words.safeParse(text).data?.join('\n')
}

function labelOf(value: Readonly<Record<string, unknown>>, { valueKey }: ControlTag): string | undefined {
  return (words.safeParse(value[valueKey]).data ?? words.safeParse(value.labels).data)?.[0]
}

/** Label Studio counts texts in code points. */
function quoteIn(
  text: string,
  shown: ReadingText,
  value: Readonly<Record<string, unknown>>,
  control: ControlTag,
): object[] {
  const label = labelOf(value, control)
  const offsets = spanOffsets.safeParse(value).data ?? span.safeParse(value).data
  if (label === undefined || offsets === undefined) return []
  const index = createTextIndex(text)
  if (!(offsets.start >= 0 && offsets.start < offsets.end && offsets.end <= index.codePoints)) return []
  const { start, end } = shown.rangeOf(index.fromCodePoint(offsets.start), index.fromCodePoint(offsets.end))
  return quote(shown.text, start, end).map((found) => ({ label, ...found }))
}

/** In dialogues it counts in UTF-16 units, within one utterance. */
function quoteInDialogue(
  utterances: readonly { readonly text: string }[],
  value: Readonly<Record<string, unknown>>,
  control: ControlTag,
): object[] {
  const label = labelOf(value, control)
  const place = paragraphSpan.safeParse(value).data
  if (label === undefined || place === undefined || place.start !== place.end) return []
  const text = utterances[place.start]?.text ?? ''
  return quote(text, place.startOffset, place.endOffset).map((found) => ({ label, utterance: place.start, ...found }))
}

/** The quote at a place, and which of its equals it is; none when it stands there only across another. */
function quote(text: string, start: number, end: number): { quote: string; occurrence: number }[] {
  const index = createTextIndex(text)
  const found = text.slice(start, end)
  for (let nth = 0; ; nth++) {
    const range = index.findQuote(found, nth)
    if (range === undefined || range.start > start) return []
    if (range.start === start) return [{ quote: found, occurrence: nth + 1 }]
  }
}
