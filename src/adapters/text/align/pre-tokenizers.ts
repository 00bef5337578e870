import { type AlignedText, segment } from './aligned-text.js'
import { byteLevel } from './byte-level.js'
import { metaspace } from './metaspace.js'
import { compilePattern } from './pattern.js'
import { split } from './split.js'
import type { PreTokenizerSpec } from './tokenizer-spec.js'

/** Cuts a text into the pieces that the tokenizer's model sees one by one. */
export type PreTokenizer = (text: AlignedText) => readonly AlignedText[]

const PUNCTUATION = '\\p{P}!-\\/:-@\\[-`{-~'
const SPACE = /\p{White_Space}+/gu
const WORD = '[\\p{Alphabetic}\\p{M}\\p{Nd}\\p{Pc}\\p{Join_Control}]'

/** The pre-tokenizer of a `tokenizer.json`; each step cuts where huggingface/tokenizers cuts. */
export function createPreTokenizer(spec: PreTokenizerSpec | null | undefined): PreTokenizer {
  if (spec === null || spec === undefined) return (text) => [text]
  switch (spec.type) {
    case 'Sequence': {
      const steps = spec.pretokenizers.map(createPreTokenizer)
      return (text) =>
        steps.reduce<readonly AlignedText[]>((pieces, step) => pieces.flatMap((piece) => step(piece)), [text])
    }
    case 'BertPreTokenizer':
      return matches(new RegExp(`[^\\p{White_Space}${PUNCTUATION}]+|[${PUNCTUATION}]`, 'gu'))
    case 'Whitespace':
      return matches(new RegExp(`${WORD}+|(?:(?!${WORD})\\P{White_Space})+`, 'gu'))
    case 'WhitespaceSplit':
      return (text) => split(text, SPACE, 'removed')
    case 'Punctuation': {
      const pattern = new RegExp(`[${PUNCTUATION}]`, 'gu')
      return (text) => split(text, pattern, spec.behavior)
    }
    case 'Digits': {
      const behavior = spec.individual_digits ? 'isolated' : 'contiguous'
      return (text) => split(text, /\p{N}/gu, behavior)
    }
    case 'Split': {
      const pattern = compilePattern(spec.pattern)
      return (text) => split(text, pattern, spec.behavior, spec.invert)
    }
    case 'ByteLevel':
      return byteLevel(spec)
    case 'Metaspace':
      return metaspace(spec)
  }
}

function matches(pattern: RegExp): PreTokenizer {
  return (text) =>
    segment(text, pattern)
      .filter(({ matched }) => matched)
      .map((found) => found.text)
}
