/**
 * From scores of tokens to entities, with the meaning of `aggregation_strategy` of the Python token-classification
 * pipeline (huggingface/transformers).
 */

import type { Entity } from '../text/entity.js'
import { argmax } from '../text/probabilities.js'
import type { Tag } from './label-scheme.js'

/** `none`: each token by itself; `simple`: neighbours of a class joined; the others: words first, then joined. */
export const AGGREGATIONS = ['none', 'simple', 'first', 'average', 'max'] as const
export type Aggregation = (typeof AGGREGATIONS)[number]

/** A token with the score of each class. */
export interface ScoredToken {
  readonly start: number
  readonly end: number
  readonly scores: readonly number[]
  /** It belongs to the word of the token before. */
  readonly continuesWord: boolean
}

interface Unit {
  readonly tag: Tag
  readonly score: number
  readonly start: number
  readonly end: number
}

/** @param tags of the classes, in the order of the scores */
export function aggregate(tokens: readonly ScoredToken[], tags: readonly Tag[], aggregation: Aggregation): Entity[] {
  const units = wordsOf(tokens, aggregation).flatMap((word) => unitOf(word, tags, aggregation) ?? [])
  const groups = aggregation === 'none' ? units.map((unit) => [unit]) : joinUnits(units)
  return groups.flatMap((group) => entityOf(group) ?? [])
}

function wordsOf(tokens: readonly ScoredToken[], aggregation: Aggregation): ScoredToken[][] {
  const words: ScoredToken[][] = []
  const wholeWords = aggregation !== 'none' && aggregation !== 'simple'
  for (const token of tokens) {
    const last = words.at(-1)
    if (wholeWords && last !== undefined && token.continuesWord) last.push(token)
    else words.push([token])
  }
  return words
}

function unitOf(word: readonly ScoredToken[], tags: readonly Tag[], aggregation: Aggregation): Unit | undefined {
  const scores = scoresOf(word, aggregation)
  const best = argmax(scores)
  const [tag, score, first, last] = [tags[best], scores[best], word[0], word.at(-1)]
  if (tag === undefined || score === undefined || first === undefined || last === undefined) return undefined
  return { tag, score, start: first.start, end: last.end }
}

function scoresOf(word: readonly ScoredToken[], aggregation: Aggregation): readonly number[] {
  const [first, ...rest] = word.map(({ scores }) => scores)
  if (first === undefined) return []
  if (aggregation === 'average')
    return first.map((score, index) => rest.reduce((sum, other) => sum + (other[index] ?? 0), score) / word.length)
  if (aggregation === 'max')
    return rest.reduce((best, other) => (greatest(other) > greatest(best) ? other : best), first)
  return first
}

function greatest(scores: readonly number[]): number {
  return scores[argmax(scores)] ?? 0
}

function joinUnits(units: readonly Unit[]): Unit[][] {
  const groups: Unit[][] = []
  for (const unit of units) {
    const group = groups.at(-1)
    const previous = group?.at(-1)?.tag
    const joins = previous !== undefined && previous.key === unit.tag.key && !previous.ends && !unit.tag.begins
    if (joins) group?.push(unit)
    else groups.push([unit])
  }
  return groups
}

function entityOf(group: readonly Unit[]): Entity | undefined {
  const [first, last] = [group[0], group.at(-1)]
  if (first?.tag.label === undefined || last === undefined) return undefined
  const score = group.reduce((sum, unit) => sum + unit.score, 0) / group.length
  return { label: first.tag.label, score, start: first.start, end: last.end }
}
