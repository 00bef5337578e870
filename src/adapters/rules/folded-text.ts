import { type AlignedChar, type AlignedText, alignText, lowercase } from '../text/align/aligned-text.js'
import { toUnicodeForm } from '../text/align/unicode-forms.js'

/** A text as terms are compared with it: NFC, each run of white space one space, case folded unless it counts. */
export function foldText(text: string, caseSensitive: boolean): AlignedText {
  const aligned = alignText(text)
  const composed = text.normalize('NFC') === text ? aligned : toUnicodeForm(aligned, 'NFC')
  return joinSpaces(caseSensitive ? composed : lowercase(composed))
}

function joinSpaces(text: AlignedText): AlignedText {
  const joined: AlignedChar[] = []
  for (const char of text) {
    const space = /^\p{White_Space}$/u.test(char.char)
    const last = joined.at(-1)
    if (space && last?.char === ' ') joined[joined.length - 1] = { ...last, end: char.end }
    else joined.push(space ? { ...char, char: ' ' } : char)
  }
  return joined
}

/** Scripts that are written without spaces have words, but no edges that could be seen. */
const WORD =
  /^(?![\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}])[\p{L}\p{M}\p{N}_]$/u

/** True when a word may begin or end between the characters before and at `index`. */
export function isWordEdge(text: AlignedText, index: number): boolean {
  return !(WORD.test(text[index - 1]?.char ?? '') && WORD.test(text[index]?.char ?? ''))
}
