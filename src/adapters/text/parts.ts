import type { DialogueInput, TextInput } from '../../media/inputs.js'
import type { Item } from '../adapter.js'
import { textsOf } from './item-texts.js'
import { fillTemplate } from './template.js'
import { windowsOf } from './windows.js'

/** What to do with texts longer than the model takes. */
export type LongTexts = 'average' | 'first'

/**
 * The one text of an item: its template filled, or what its object shows; a dialogue's utterances are lines.
 *
 * @throws PrelabelError `template-field-missing`, `text-expected`, `text-too-long`
 */
export function wholeText(
  { task, input, object }: Item<TextInput | DialogueInput>,
  options: { readonly template?: string | undefined; readonly maxCharacters: number },
): string {
  const { template, maxCharacters } = options
  const shown =
    template === undefined
      ? { input, object }
      : { input: { kind: 'text', text: fillTemplate(template, task) } as const }
  return textsOf(shown, maxCharacters)
    .map(({ text }) => text)
    .join('\n')
}

/** Cuts a token sequence into parts that a model takes; with `first`, only the first of them. */
export function partsOf(ids: readonly number[], size: number, longTexts: LongTexts): number[][] {
  const parts = windowsOf(ids.length, size, 0).map(({ from, to }) => ids.slice(from, to))
  return longTexts === 'first' ? parts.slice(0, 1) : parts
}

/** The mean of the parts' scores; a part counts by its length, so that a short rest weighs little. */
export function meanOfParts(scores: readonly (readonly number[])[], parts: readonly (readonly number[])[]): number[] {
  const [first] = scores
  const total = parts.reduce((sum, part) => sum + part.length, 0)
  if (first === undefined || scores.length === 1 || total === 0) return [...(first ?? [])]
  return first.map((_, index) =>
    scores.reduce((sum, row, part) => sum + ((row[index] ?? 0) * (parts[part]?.length ?? 0)) / total, 0),
  )
}
