/** A stretch of an XML text: a tag, an aside (comment, CDATA, instruction, declaration) or the text between. */
interface Segment {
  readonly kind: 'open' | 'close' | 'empty' | 'aside' | 'text'
  readonly start: number
  readonly end: number
}

/** Cuts a text at its tags, in one pass and without recursion; what never ends reaches to the end of the text. */
function* segments(xml: string): Generator<Segment> {
  let end = 0
  for (let start = xml.indexOf('<'); start !== -1; start = xml.indexOf('<', end)) {
    if (start > end) yield { kind: 'text', start: end, end: start }
    const next = xml[start + 1]
    const aside = next === '!' || next === '?'
    end = aside ? endOfAside(xml, start) : endOfTag(xml, start)
    const kind = aside ? 'aside' : next === '/' ? 'close' : xml[end - 2] === '/' ? 'empty' : 'open'
    yield { kind, start, end }
  }
  if (end < xml.length) yield { kind: 'text', start: end, end: xml.length }
}

function endOfAside(xml: string, start: number): number {
  const closing = xml.startsWith('<!--', start) ? '-->' : xml.startsWith('<![CDATA[', start) ? ']]>' : '>'
  const at = xml.indexOf(closing, start)
  return at === -1 ? xml.length : at + closing.length
}

const DOUBLE_QUOTE = 0x22
const SINGLE_QUOTE = 0x27
const GREATER = 0x3e

/** Behind the `>` that ends a tag, outside quotes. */
function endOfTag(xml: string, start: number): number {
  for (let i = start; i < xml.length; i++) {
    const char = xml.charCodeAt(i)
    if (char === GREATER) return i + 1
    if (char !== DOUBLE_QUOTE && char !== SINGLE_QUOTE) continue
    i = xml.indexOf(char === DOUBLE_QUOTE ? '"' : "'", i + 1)
    if (i === -1) break
  }
  return xml.length
}

/** Depth of the elements, before a parser that recurses sees them. */
export function nestingDepth(xml: string): number {
  let depth = 0
  let deepest = 0
  for (const { kind } of segments(xml)) {
    if (kind === 'close') depth--
    else if (kind === 'open') depth++
    deepest = Math.max(deepest, kind === 'empty' ? depth + 1 : depth)
  }
  return deepest
}

/**
 * The text with blanks for carriage returns outside tags, where they mean nothing: the parser takes quadratic time to
 * normalise many of them.
 */
export function withoutCarriageReturns(xml: string): string {
  if (!xml.includes('\r')) return xml
  const parts: string[] = []
  for (const { kind, start, end } of segments(xml)) {
    const part = xml.slice(start, end)
    parts.push(kind === 'text' || kind === 'aside' ? part.replaceAll('\r', ' ') : part)
  }
  return parts.join('')
}
