import type { AlignedText } from './aligned-text.js'
import { prepend } from './normalizers.js'
import { literalPattern } from './pattern.js'
import { split } from './split.js'

/** SentencePiece's way with spaces: each becomes `▁` and opens a piece; one is put before the text. */
export function metaspace(options: {
  readonly replacement: string
  readonly prepend_scheme?: 'always' | 'first' | 'never' | undefined
  /** What stood for `prepend_scheme` before it was there. */
  readonly add_prefix_space: boolean
  readonly split: boolean
}): (text: AlignedText) => AlignedText[] {
  const { replacement } = options
  const scheme = options.prepend_scheme ?? (options.add_prefix_space ? 'always' : 'never')
  const pattern = literalPattern([replacement])
  return (text) => {
    const marked = text.map((char) => (char.char === ' ' ? { ...char, char: replacement } : char))
    const prefixes =
      marked[0]?.char !== replacement && (scheme === 'always' || (scheme === 'first' && text[0]?.start === 0))
    const prefixed = prefixes ? prepend(marked, replacement) : marked
    return options.split ? split(prefixed, pattern, 'mergedwithnext') : [prefixed]
  }
}
