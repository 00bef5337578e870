import type { AlignedText } from './aligned-text.js'

/** How a tokenizer's model writes tokens inside a piece. */
export interface TokenWriting {
  /** `##` of WordPiece: stands before every token of a piece but the first. */
  readonly continuingPrefix: string
  /** `</w>`: stands after the last token of a piece. */
  readonly endOfWordSuffix: string
}

/** A token and the characters of its piece that it stands for. */
export interface PlacedToken {
  readonly token: string
  readonly text: AlignedText
}

/**
 * Finds for each token of a piece the characters it stands for. Tokens that spell their text are read off; an unknown
 * token stands for all up to where the next one fits; tokens of single bytes (`<0xE2>`) share their character.
 */
export function placeTokens(piece: AlignedText, tokens: readonly string[], writing: TokenWriting): PlacedToken[] {
  const spelled = tokens.map((token, index) => spelling(token, index, index === tokens.length - 1, writing))
  let at = 0
  let bytes = 0
  return tokens.map((token, index) => {
    const text = spelled[index] ?? token
    const from = at
    if (spells(piece, at, text)) {
      at += Array.from(text).length
      return { token, text: piece.slice(from, at) }
    }
    if (/^<0x[0-9A-F]{2}>$/.test(token)) {
      bytes++
      if (bytes >= utf8Length(piece[at]?.char)) {
        at++
        bytes = 0
      }
      return { token, text: piece.slice(from, from + 1) }
    }
    at = nextFit(piece, at, spelled[index + 1])
    return { token, text: piece.slice(from, at) }
  })
}

function spelling(token: string, index: number, last: boolean, writing: TokenWriting): string {
  const { continuingPrefix, endOfWordSuffix } = writing
  let text = token
  if (index > 0 && continuingPrefix !== '' && text.startsWith(continuingPrefix))
    text = text.slice(continuingPrefix.length)
  if (last && endOfWordSuffix !== '' && text.endsWith(endOfWordSuffix)) text = text.slice(0, -endOfWordSuffix.length)
  return text
}

function spells(piece: AlignedText, at: number, text: string): boolean {
  let index = at
  for (const char of text) if (piece[index++]?.char !== char) return false
  return text !== ''
}

/** The first place after `at` where the next token can stand; the end of the piece when there is none. */
function nextFit(piece: AlignedText, at: number, next: string | undefined): number {
  if (next === undefined) return piece.length
  for (let index = at + 1; index < piece.length; index++) if (spells(piece, index, next)) return index
  return Math.min(at + 1, piece.length)
}

function utf8Length(char: string | undefined): number {
  return char === undefined ? 1 : new TextEncoder().encode(char).length
}
