import type { Measure } from '../forms/answer-form.js'
import type { LlmReply } from '../provider.js'
import type { FoundJson } from './extract-json.js'
import { type JsonRanges, jsonRanges } from './json-ranges.js'

/** The probability of the value at a path, from the log-probabilities of its tokens. */
export type TokenScores = (path: readonly (string | number)[], measure: Measure) => number | undefined

/**
 * Reads probabilities of parts of a reply. The probability of a value is the product of those of its tokens: under a
 * strict schema the tokens around it are given, so it is the probability of this value among all.
 *
 * @returns always undefined for a path that is not there, or when the tokens do not spell the reply
 */
export function tokenScores({ text, tokens }: LlmReply, json: FoundJson): TokenScores {
  if (tokens === undefined || tokens.map((token) => token.text).join('') !== text) return () => undefined
  let ranges: JsonRanges | undefined
  return (path, measure) => {
    ranges ??= jsonRanges(json.text)
    const range = ranges.get(JSON.stringify(path))
    if (range === undefined) return undefined
    const [start, end] = [range.start + json.offset, range.end + json.offset]
    let at = 0
    let sum = 0
    let count = 0
    for (const token of tokens) {
      const next = at + token.text.length
      if (at < end && next > start) {
        sum += token.logprob
        count++
      }
      at = next
    }
    return count === 0 ? undefined : Math.exp(measure === 'whole' ? sum : sum / count)
  }
}
