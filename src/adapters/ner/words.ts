import type { AlignedTokenizer, Token } from '../text/tokenizer.js'

/**
 * Which tokens belong to the word of the token before, by the Python pipeline's reading: with WordPiece those that are
 * not written like the text they stand for (`##ing`), with other tokenizers those that no space stands before.
 */
export function continuations(text: string, tokens: readonly Token[], tokenizer: AlignedTokenizer): boolean[] {
  const marksInside = tokenizer.continuingPrefix !== ''
  return tokens.map(({ id, token, start, end }) => {
    if (id === tokenizer.unknownId) return false
    if (marksInside) return codePoints(token) !== codePoints(text.slice(start, end))
    return start > 0 && text[start - 1] !== ' ' && text[start] !== ' '
  })
}

function codePoints(text: string): number {
  let count = 0
  for (const _ of text) count++
  return count
}
