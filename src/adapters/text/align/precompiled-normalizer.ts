import { LRUCache } from 'lru-cache'
import { type AlignedText, rewrite, textOf } from './aligned-text.js'
import { readCharsmap } from './charsmap.js'
import type { Normalizer } from './normalizers.js'

/** Longest letter with its marks, in UTF-8 bytes, that is looked up as a whole. */
const LONGEST_WHOLE = 5

/** How many stretches keep what they become. */
const REMEMBERED = 10_000

/** The normalizer that SentencePiece models carry along, in the reading of huggingface/tokenizers. */
export function precompiledNormalizer(charsmap: string): Normalizer {
  const become = readCharsmap(charsmap)
  const known = new LRUCache<string, { readonly text: string | undefined }>({ max: REMEMBERED })
  const lookUp = (text: string): string | undefined => {
    const found = known.get(text) ?? { text: become(text) }
    known.set(text, found)
    return found.text
  }
  const letters = new Intl.Segmenter(undefined, { granularity: 'grapheme' })

  const normalizeLetter = (letter: AlignedText): AlignedText => {
    const text = textOf(letter)
    const whole = Buffer.byteLength(text) <= LONGEST_WHOLE ? lookUp(text) : undefined
    if (whole !== undefined) return rewrite(letter, whole)
    return letter.flatMap((char) => {
      const written = lookUp(char.char)
      return written === undefined ? [char] : rewrite([char], written)
    })
  }

  return (text) => {
    const out: AlignedText[] = []
    let at = 0
    for (const { segment } of letters.segment(textOf(text))) {
      const from = at
      for (let units = 0; units < segment.length; at++) units += text[at]?.char.length ?? segment.length
      out.push(normalizeLetter(text.slice(from, at)))
    }
    return out.flat()
  }
}
