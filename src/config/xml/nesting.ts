/**
 * Depth of the elements of an XML text, in one pass and without recursion, before a parser that recurses sees it.
 * Counts at least as deep as any parser would go; ends early at what no parser would accept.
 */
export function nestingDepth(xml: string): number {
  let depth = 0
  let deepest = 0
  for (let at = xml.indexOf('<'); at !== -1; ) {
    const next = xml[at + 1]
    if (next === '!' || next === '?') {
      at = xml.indexOf('<', endOfAside(xml, at))
      continue
    }
    const end = endOfTag(xml, at)
    if (next === '/') depth--
    else if (xml[end - 1] !== '/') deepest = Math.max(deepest, ++depth)
    else deepest = Math.max(deepest, depth + 1)
    at = xml.indexOf('<', end)
  }
  return deepest
}

/** The end of a comment, CDATA section, processing instruction or declaration; the end of the text when it never ends. */
function endOfAside(xml: string, at: number): number {
  const closing = xml.startsWith('<!--', at) ? '-->' : xml.startsWith('<![CDATA[', at) ? ']]>' : '>'
  const end = xml.indexOf(closing, at)
  return end === -1 ? xml.length : end + closing.length
}

/** The offset of the `>` that ends a tag, outside quotes; the end of the text when there is none. */
function endOfTag(xml: string, at: number): number {
  let quote = ''
  for (let i = at; i < xml.length; i++) {
    const char = xml[i] ?? ''
    if (quote !== '') quote = char === quote ? '' : quote
    else if (char === '"' || char === "'") quote = char
    else if (char === '>') return i
  }
  return xml.length
}
