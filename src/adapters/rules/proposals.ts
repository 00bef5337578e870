import type { DialogueInput, TextInput } from '../../media/inputs.js'
import type { Span } from '../../results/findings.js'
import type { Prompt } from '../../results/read/prompt.js'
import type { InteractiveContext } from '../adapter.js'
import { textsOf } from '../text/item-texts.js'
import { dictionaryMatcher } from './dictionary.js'
import type { RulesSettings } from './options.js'

/**
 * What an annotator has just marked, found wherever else it stands in the same text, with the same labels. The marked
 * place is among the answers, since Label Studio puts them in its place.
 */
export function proposalsFor(
  { prompts }: InteractiveContext,
  input: TextInput | DialogueInput,
  settings: RulesSettings,
): Span[] {
  const texts = textsOf({ input }, settings.maxCharacters)
  return prompts.flatMap((prompt) => {
    const quote = quoteOf(prompt, input).trim()
    if (quote === '') return []
    const find = dictionaryMatcher([quote], {
      caseSensitive: settings.caseSensitive,
      wholeWords: settings.wholeWords ?? true,
      score: 1,
    })
    return texts.flatMap(({ text, utterance }) =>
      find(text).flatMap(({ start, end }) =>
        prompt.labels.map(
          (label): Span => ({
            kind: 'span',
            label,
            start,
            end,
            ...(utterance === undefined ? {} : { utterance }),
          }),
        ),
      ),
    )
  })
}

/** The marked text: by its offsets where they lie in one text, else as the editor quotes it. */
function quoteOf({ shape, text = '' }: Prompt, input: TextInput | DialogueInput): string {
  if (shape.kind === 'span' && input.kind === 'text' && shape.unit === 'utf16')
    return input.text.slice(shape.start, shape.end)
  if (shape.kind === 'paragraph-span' && input.kind === 'dialogue' && shape.endUtterance === shape.utterance)
    return input.utterances[shape.utterance]?.text.slice(shape.start, shape.end) ?? text
  return text
}
