import type { Span } from '../../results/findings.js'
import type { Entity } from './entity.js'
import type { ItemText } from './item-texts.js'

/** What a model of entities fills. */
export const SPAN_FILLS = {
  Labels: ['Text', 'HyperText'],
  HyperTextLabels: ['HyperText'],
  ParagraphLabels: ['Paragraphs'],
} as const

/** The findings for the entities of one text. One without any characters (a token that is only a space) is none. */
export function spansOf(entities: readonly Entity[], { utterance, placesOf }: Omit<ItemText, 'text'>): Span[] {
  const said = utterance === undefined ? {} : { utterance }
  return entities
    .filter(({ start, end }) => end > start)
    .flatMap(({ label, score, start, end }) =>
      placesOf(start, end).map((place): Span => ({ kind: 'span', label, score, ...place, ...said })),
    )
}
