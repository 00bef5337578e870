import { PrelabelError } from '../../../errors.js'
import type { PatternSpec } from './tokenizer-spec.js'

/**
 * The global JavaScript pattern of a `tokenizer.json` pattern.
 *
 * @throws PrelabelError `tokenizer-not-supported` when its regular expression is not one of JavaScript's
 */
export function compilePattern(pattern: PatternSpec): RegExp {
  if ('String' in pattern) return literalPattern([pattern.String])
  try {
    return new RegExp(pattern.Regex.replaceAll(/\\s/g, '\\p{White_Space}'), 'gu')
  } catch (cause) {
    throw new PrelabelError(`The tokenizer splits by ${pattern.Regex}, which cannot be read here`, {
      code: 'tokenizer-not-supported',
      hint: 'Use a model with a WordPiece, byte-level BPE or SentencePiece tokenizer.',
      cause,
    })
  }
}

/** A global pattern that matches any of these texts, the longest first. */
export function literalPattern(texts: readonly string[]): RegExp {
  const longestFirst = [...texts].sort((a, b) => b.length - a.length)
  return new RegExp(longestFirst.map((text) => text.replaceAll(/[\\^$.*+?()[\]{}|/-]/g, '\\$&')).join('|'), 'gu')
}
