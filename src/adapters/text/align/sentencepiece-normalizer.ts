import type { AlignedText } from './aligned-text.js'
import { toUnicodeForm } from './unicode-forms.js'

/** What the table maps to a space. */
const SPACES = /^[\t\n\f\r\u00A0\u1680\u2000-\u200F\u2028\u2029\u202F\u205F\u2581\u3000\uFEFF\uFFFD]$/

/**
 * SentencePiece's `nmt_nfkc` rule, which models keep as a precompiled table: control characters go, every kind of
 * space becomes a space, the rest is NFKC save for the wave dash `～`. The same reading as in transformers.js.
 */
export function sentencePieceNormalizer(text: AlignedText): AlignedText {
  const kept = text.filter(({ char }) => !isDropped(char))
  const spaced = kept.map((char) => (SPACES.test(char.char) ? { ...char, char: ' ' } : char))
  return stretches(spaced).flatMap((stretch) => (stretch[0]?.char === '～' ? stretch : toUnicodeForm(stretch, 'NFKC')))
}

/** Control characters that are not white space. */
function isDropped(char: string): boolean {
  const point = char.codePointAt(0) ?? 0
  const low = point >= 0x01 && point <= 0x1f && !'\t\n\f\r'.includes(char)
  return low || point === 0x7f || point === 0x8f || point === 0x9f
}

function stretches(text: AlignedText): AlignedText[] {
  const found: AlignedText[] = []
  let from = 0
  text.forEach(({ char }, index) => {
    if (char !== '～') return
    found.push(text.slice(from, index), text.slice(index, index + 1))
    from = index + 1
  })
  found.push(text.slice(from))
  return found
}
