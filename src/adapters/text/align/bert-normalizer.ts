import { type AlignedChar, type AlignedText, lowercase, rewrite } from './aligned-text.js'

/** What of a `BertNormalizer` is switched on. */
export interface BertNormalizerOptions {
  readonly clean_text: boolean
  readonly handle_chinese_chars: boolean
  /** @default the value of `lowercase` */
  readonly strip_accents?: boolean | null | undefined
  readonly lowercase: boolean
}

/** BERT's normalizer, one code point at a time: none of its steps looks at a neighbour. */
export function bertNormalizer(options: BertNormalizerOptions): (text: AlignedText) => AlignedText {
  const stripAccents = options.strip_accents ?? options.lowercase
  const one = (char: AlignedChar): AlignedText => {
    if (isPlain(char.char)) return options.lowercase ? lowercase([char]) : [char]
    const cleaned = options.clean_text ? clean(char.char) : char.char
    if (cleaned === '') return []
    const bare = stripAccents ? cleaned.normalize('NFD').replaceAll(/\p{Mn}/gu, '') : cleaned
    const kept = bare === char.char ? [char] : rewrite([char], bare)
    const written = options.lowercase ? lowercase(kept) : kept
    return options.handle_chinese_chars && isChinese(cleaned) ? surrounded(char, written) : written
  }
  return (text) => text.flatMap(one)
}

/** Printable ASCII, and most of what is read: nothing to clean, strip or surround. */
function isPlain(char: string): boolean {
  return char >= ' ' && char <= '~'
}

function clean(char: string): string {
  if (char === '\t' || char === '\n' || char === '\r') return ' '
  if (char === '\u0000' || char === '\uFFFD' || /^\p{C}$/u.test(char)) return ''
  return /^\p{White_Space}$/u.test(char) ? ' ' : char
}

function surrounded({ start, end }: AlignedChar, written: AlignedText): AlignedText {
  return [{ char: ' ', start, end: start }, ...written, { char: ' ', start: end, end }]
}

/** Blocks of CJK ideographs, as BERT lists them. */
const CHINESE_BLOCKS: readonly (readonly [number, number])[] = [
  [0x4e00, 0x9fff],
  [0x3400, 0x4dbf],
  [0x20000, 0x2a6df],
  [0x2a700, 0x2b73f],
  [0x2b740, 0x2b81f],
  [0x2b920, 0x2ceaf],
  [0xf900, 0xfaff],
  [0x2f800, 0x2fa1f],
]

function isChinese(char: string): boolean {
  const point = char.codePointAt(0) ?? 0
  if (point < 0x3400) return false
  return CHINESE_BLOCKS.some(([from, to]) => point >= from && point <= to)
}
