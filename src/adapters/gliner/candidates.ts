/** From the model's scores to spans that may be entities, as the decoders of the Python package find them. */

import { sigmoid } from '../text/probabilities.js'
import type { Stretch } from './stretches.js'

/** A span of words, both ends included, that may be an entity. */
export interface Candidate {
  readonly first: number
  readonly last: number
  /** Index of its label in the prompt. */
  readonly label: number
  readonly score: number
}

/** Scores of one stretch before the sigmoid, padding left out. */
export interface StretchScores {
  readonly stretch: Stretch
  /** `[word, width, label]` where spans are scored, `[word, label, start | end | inside]` where tokens are. */
  readonly data: Float32Array
}

/** Least scores by label; a candidate is above. */
export type Thresholds = readonly number[]

/** The package computes in single precision: without rounding, what is equal there would be in another order here. */
function probability(logit: number | undefined): number {
  return Math.fround(sigmoid(logit ?? Number.NEGATIVE_INFINITY))
}

/** @param maxWidth words of the longest span that the model scores */
export function spanCandidates(
  stretches: readonly StretchScores[],
  thresholds: Thresholds,
  maxWidth: number,
): Candidate[] {
  const labels = thresholds.length
  const found: Candidate[] = []
  for (const { stretch, data } of stretches) {
    const words = stretch.to - stretch.from
    for (let at = 0; at < words * maxWidth * labels; at++) {
      const label = at % labels
      const width = Math.floor(at / labels) % maxWidth
      const word = Math.floor(at / labels / maxWidth)
      const first = stretch.from + word
      const middle = first + (width + 1) / 2
      if (word + width >= words || middle < stretch.ownsFrom || middle >= stretch.ownsTo) continue
      const score = probability(data[at])
      if (score > (thresholds[label] ?? 1)) found.push({ first, last: first + width, label, score })
    }
  }
  return found
}

const [START, END, INSIDE] = [0, 1, 2]

/**
 * A span begins with a start and stops with an end of its label, and every word of it is inside; it is as sure as the
 * least sure of them. Each word is taken from the stretch that owns it, so that an entity of any length is found.
 */
export function tokenCandidates(
  stretches: readonly StretchScores[],
  thresholds: Thresholds,
  words: number,
): Candidate[] {
  const labels = thresholds.length
  const scores = ownedScores(stretches, words, labels * 3)
  const score = (word: number, label: number, part: number) => scores[(word * labels + label) * 3 + part] ?? 0
  const found: Candidate[] = []
  for (let first = 0; first < words; first++)
    for (const [label, threshold] of thresholds.entries()) {
      let least = score(first, label, START)
      if (least <= threshold) continue
      for (let last = first; last < words && score(last, label, INSIDE) >= threshold; last++) {
        least = Math.min(least, score(last, label, INSIDE))
        const end = score(last, label, END)
        if (end > threshold) found.push({ first, last, label, score: Math.min(least, end) })
      }
    }
  return found
}

function ownedScores(stretches: readonly StretchScores[], words: number, size: number): Float32Array {
  const owned = new Float32Array(words * size)
  for (const { stretch, data } of stretches)
    for (let word = stretch.from; word < stretch.to; word++) {
      if (word + 0.5 < stretch.ownsFrom || word + 0.5 >= stretch.ownsTo) continue
      for (let part = 0; part < size; part++)
        owned[word * size + part] = probability(data[(word - stretch.from) * size + part])
    }
  return owned
}
