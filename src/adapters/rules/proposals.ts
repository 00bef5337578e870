import { z } from 'zod'
import type { DialogueInput, TextInput } from '../../media/inputs.js'
import type { Span } from '../../results/findings.js'
import { createTextIndex } from '../../results/text/index.js'
import type { InteractiveContext } from '../adapter.js'
import { textsOf } from '../text/item-texts.js'
import { dictionaryMatcher } from './dictionary.js'
import type { RulesSettings } from './options.js'

const drawnResult = z.object({
  type: z.string(),
  from_name: z.string().optional(),
  value: z.looseObject({
    text: z.string().optional(),
    start: z.union([z.number(), z.string()]).optional(),
    end: z.union([z.number(), z.string()]).optional(),
    globalOffsets: z.object({ start: z.number(), end: z.number() }).optional(),
  }),
})
type DrawnResult = z.infer<typeof drawnResult>

/** A span with the control it was drawn with. */
export type Proposal = Span & { readonly control?: string }

/**
 * What an annotator has just marked, found wherever else it stands in the same text, with the same labels. The marked
 * place is among the answers, since Label Studio puts them in its place.
 */
export function proposalsFor(
  { results }: InteractiveContext,
  input: TextInput | DialogueInput,
  settings: RulesSettings,
): Proposal[] {
  const texts = textsOf(input, settings.maxCharacters)
  return results.flatMap((result) => {
    const drawn = drawnResult.safeParse(result)
    if (!drawn.success) return []
    const quote = quoteOf(drawn.data, input).trim()
    const labels = z.array(z.string()).safeParse(drawn.data.value[drawn.data.type])
    if (quote === '' || !labels.success) return []
    const find = dictionaryMatcher([quote], {
      caseSensitive: settings.caseSensitive,
      wholeWords: settings.wholeWords ?? true,
      score: 1,
    })
    const control = drawn.data.from_name === undefined ? {} : { control: drawn.data.from_name }
    return texts.flatMap(({ text, utterance }) =>
      find(text).flatMap(({ start, end }) =>
        labels.data.map(
          (label): Proposal => ({
            kind: 'span',
            label,
            start,
            end,
            ...(utterance === undefined ? {} : { utterance }),
            ...control,
          }),
        ),
      ),
    )
  })
}

/** The marked text: by its offsets, which count code points, where they are plain; else as the editor quotes it. */
function quoteOf({ value }: DrawnResult, input: TextInput | DialogueInput): string {
  const { start, end } = value.globalOffsets ?? value
  if (input.kind === 'text' && typeof start === 'number' && typeof end === 'number') {
    const index = createTextIndex(input.text)
    if (start >= 0 && start < end && end <= index.codePoints) return index.sliceCodePoints(start, end)
  }
  return value.text ?? ''
}
