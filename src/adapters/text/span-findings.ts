import type { Span } from '../../results/findings.js'
import type { Entity } from './entity.js'

/** What a model of entities fills. */
export const SPAN_FILLS = {
  Labels: ['Text', 'HyperText'],
  HyperTextLabels: ['HyperText'],
  ParagraphLabels: ['Paragraphs'],
} as const

/** The findings for the entities of one text. One without any characters (a token that is only a space) is none. */
export function spansOf(entities: readonly Entity[], { utterance }: { readonly utterance?: number }): Span[] {
  const place = utterance === undefined ? {} : { utterance }
  return entities
    .filter(({ start, end }) => end > start)
    .map(({ label, score, start, end }) => ({ kind: 'span', label, score, start, end, ...place }))
}
