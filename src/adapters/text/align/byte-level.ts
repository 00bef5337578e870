import type { AlignedText } from './aligned-text.js'
import { prepend } from './normalizers.js'
import { split } from './split.js'

/** GPT-2's word pattern. */
const WORDS =
  /'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\p{White_Space}\p{L}\p{N}]+|\p{White_Space}+(?!\P{White_Space})|\p{White_Space}+/gu

/**
 * Byte-level pieces: words by GPT-2's pattern, each character written as the stand-ins of its UTF-8 bytes. Every byte
 * keeps the place of its whole character.
 */
export function byteLevel(options: {
  readonly add_prefix_space: boolean
  readonly use_regex: boolean
}): (text: AlignedText) => AlignedText[] {
  const encoder = new TextEncoder()
  const standIns = byteStandIns()
  const bytesOf = (char: string) => (char < '\u0080' ? [char.charCodeAt(0)] : encoder.encode(char))
  const toBytes = (piece: AlignedText): AlignedText =>
    piece.flatMap(({ char, start, end }) =>
      Array.from(bytesOf(char), (byte) => ({ char: standIns[byte] ?? '', start, end })),
    )
  return (text) => {
    const prefixed = options.add_prefix_space && text[0]?.char !== ' ' ? prepend(text, ' ') : text
    const pieces = options.use_regex ? split(prefixed, WORDS, 'isolated') : [prefixed]
    return pieces.map(toBytes)
  }
}

/** GPT-2's printable stand-in of each byte: itself where it prints, else the next free one from U+0100. */
function byteStandIns(): string[] {
  let next = 0x100
  return Array.from({ length: 256 }, (_, byte) => {
    const prints = (byte >= 0x21 && byte <= 0x7e) || (byte >= 0xa1 && byte !== 0xad)
    return String.fromCharCode(prints ? byte : next++)
  })
}
