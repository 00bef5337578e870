import { type AlignedText, lowercase, rewrite, segment } from './aligned-text.js'
import { bertNormalizer } from './bert-normalizer.js'
import { compilePattern } from './pattern.js'
import { precompiledNormalizer } from './precompiled-normalizer.js'
import type { NormalizerSpec } from './tokenizer-spec.js'
import { toUnicodeForm } from './unicode-forms.js'

/** One step of the way from a text to what the tokenizer's model sees, with places kept. */
export type Normalizer = (text: AlignedText) => AlignedText

/** The normalizer of a `tokenizer.json`; each step does what huggingface/tokenizers does. */
export function createNormalizer(spec: NormalizerSpec | null | undefined): Normalizer {
  if (spec === null || spec === undefined) return (text) => text
  switch (spec.type) {
    case 'Sequence': {
      const steps = spec.normalizers.map(createNormalizer)
      return (text) => steps.reduce((current, step) => step(current), text)
    }
    case 'BertNormalizer':
      return bertNormalizer(spec)
    case 'NFC':
    case 'NFD':
    case 'NFKC':
    case 'NFKD':
      return (text) => toUnicodeForm(text, spec.type)
    case 'Lowercase':
      return lowercase
    case 'StripAccents':
      return (text) => text.filter(({ char }) => !/^\p{M}$/u.test(char))
    case 'Strip':
      return (text) => strip(text, spec.strip_left, spec.strip_right)
    case 'Replace':
      return replace(compilePattern(spec.pattern), spec.content)
    case 'Prepend':
      return (text) => prepend(text, spec.prepend)
    case 'Precompiled':
      return precompiledNormalizer(spec.precompiled_charsmap)
  }
}

/** Puts `prefix` before a text that is not empty; it has no place of its own. */
export function prepend(text: AlignedText, prefix: string): AlignedText {
  const [first] = text
  if (first === undefined) return text
  return [...Array.from(prefix, (char) => ({ char, start: first.start, end: first.start })), ...text]
}

function replace(pattern: RegExp, content: string): Normalizer {
  return (text) => segment(text, pattern).flatMap((part) => (part.matched ? rewrite(part.text, content) : part.text))
}

function strip(text: AlignedText, left: boolean, right: boolean): AlignedText {
  const isInk = ({ char }: { char: string }) => !/^\p{White_Space}$/u.test(char)
  const first = text.findIndex(isInk)
  if (first === -1) return left || right ? [] : text
  return text.slice(left ? first : 0, right ? text.findLastIndex(isInk) + 1 : text.length)
}
