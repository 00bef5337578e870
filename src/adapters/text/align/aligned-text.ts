/**
 * Text whose every character remembers where it came from: what a tokenizer's steps change, add and drop, without
 * losing the place in the original. Offsets are UTF-16 units of the original text, end exclusive.
 */

/** One code point of a text on its way to the tokenizer. `start === end` for one that the tokenizer put in. */
export interface AlignedChar {
  readonly char: string
  readonly start: number
  readonly end: number
}

export type AlignedText = readonly AlignedChar[]

/** A text before any change: each code point at its own place. */
export function alignText(text: string): AlignedText {
  const aligned: AlignedChar[] = []
  let start = 0
  for (const char of text) {
    aligned.push({ char, start, end: start + char.length })
    start += char.length
  }
  return aligned
}

/** What the text has become. */
export function textOf(aligned: AlignedText): string {
  let text = ''
  for (const { char } of aligned) text += char
  return text
}

/** Where in the original a stretch came from; inserted characters do not widen it. */
export function sourceOf(aligned: AlignedText): { start: number; end: number } {
  let source: { start: number; end: number } | undefined
  for (const { start, end } of aligned) {
    if (end === start) continue
    if (source === undefined) source = { start, end }
    else source.end = Math.max(source.end, end)
  }
  const at = aligned[0]?.start ?? 0
  return source ?? { start: at, end: at }
}

/** The same characters, each written as `text`, at the place they all came from together. */
export function rewrite(aligned: AlignedText, text: string): AlignedText {
  const { start, end } = sourceOf(aligned)
  return Array.from(text, (char) => ({ char, start, end }))
}

/** Character by character, as huggingface/tokenizers does it: `Σ` becomes `σ` also at the end of a word. */
export function lowercase(text: AlignedText): AlignedText {
  return text.flatMap((char) => {
    const lower = char.char.toLowerCase()
    return lower === char.char ? [char] : rewrite([char], lower)
  })
}

/** A stretch of a text, and whether the pattern that cut the text matched it. */
export interface Segment {
  readonly text: AlignedText
  readonly matched: boolean
}

/** Cuts a text at the matches of a global pattern, into matches and what lies between; together they are the text. */
export function segment(aligned: AlignedText, pattern: RegExp): Segment[] {
  const segments: Segment[] = []
  let index = 0
  let unit = 0
  const takeTo = (until: number, matched: boolean) => {
    const from = index
    for (let char = aligned[index]; char !== undefined && unit < until; char = aligned[index]) {
      unit += char.char.length
      index++
    }
    if (index > from) segments.push({ text: aligned.slice(from, index), matched })
  }
  for (const match of textOf(aligned).matchAll(pattern)) {
    takeTo(match.index, false)
    takeTo(match.index + match[0].length, true)
  }
  takeTo(Number.POSITIVE_INFINITY, false)
  return segments
}
