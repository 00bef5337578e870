import { parseXml, XmlComment, XmlDeclaration, XmlElement, XmlError } from '@rgrove/parse-xml'
import type { Issue } from '../../issues.js'
import { LineIndex } from './line-index.js'
import { nestingDepth, withoutCarriageReturns } from './segments.js'

/** Largest config that is read, in UTF-16 units. */
const MAX_LENGTH = 1_000_000
/** Deepest nesting that is read. */
const MAX_DEPTH = 200

/** A well-formed config, or why it is none. */
interface XmlReading {
  readonly root: XmlElement | undefined
  /** Comments beside the root element. */
  readonly comments: readonly XmlComment[]
  readonly lines: LineIndex
  readonly issues: readonly Issue[]
}

/** Reads XML strictly: as Label Studio's server does, without DOCTYPE and its entities, and within limits. */
export function readXml(xml: string): XmlReading {
  const lines = new LineIndex(xml)
  const failed = (issue: Omit<Issue, 'severity' | 'path'>): XmlReading => ({
    root: undefined,
    comments: [],
    lines,
    issues: [{ severity: 'error', path: 'XML', ...issue }],
  })
  if (xml.length > MAX_LENGTH)
    return failed({
      code: 'config-too-large',
      message: `the config has ${xml.length} characters, at most ${MAX_LENGTH} are read`,
    })
  if (nestingDepth(xml) > MAX_DEPTH)
    return failed({ code: 'config-too-deep', message: `tags are nested more than ${MAX_DEPTH} deep` })
  const doctype = findDoctype(xml)
  if (doctype !== undefined)
    return failed({
      code: 'doctype-forbidden',
      message: 'a DOCTYPE is not allowed',
      hint: 'Remove it, and write what its entities stand for.',
      position: lines.at(doctype),
    })
  try {
    const { text, issues } = dropLeadingBlanks(xml)
    const document = parseXml(withoutCarriageReturns(text), {
      includeOffsets: true,
      preserveComments: true,
      preserveXmlDeclaration: true,
    })
    const declaration = document.children.find((node) => node instanceof XmlDeclaration)
    if (declaration?.encoding !== null && declaration?.encoding !== undefined)
      return failed({
        code: 'declared-encoding',
        message: `the XML declaration names an encoding ("${declaration.encoding}"), which Label Studio's server cannot read`,
        hint: 'Remove the encoding, or the whole declaration.',
        position: lines.at(declaration.start),
      })
    const comments = document.children.filter((node) => node instanceof XmlComment)
    return { root: document.root ?? undefined, comments, lines, issues }
  } catch (error) {
    if (!(error instanceof XmlError)) throw error
    const [message = ''] = error.message.split('\n')
    return failed({
      code: 'xml-syntax',
      message: message.replace(/ \(line \d+, column \d+\)$/, ''),
      position: lines.at(toUtf16(xml, error.pos)),
    })
  }
}

/** Label Studio's server takes a declaration after blanks, its editor and SDK do not: the declaration is blanked out. */
function dropLeadingBlanks(xml: string): { text: string; issues: Issue[] } {
  const declaration = xml.match(/^\uFEFF?\s+<\?xml\b[^>]*\?>/)?.[0]
  if (declaration === undefined) return { text: xml, issues: [] }
  const issue = {
    code: 'blanks-before-declaration',
    severity: 'warning',
    message: 'there are blanks before the XML declaration',
    path: 'XML',
    hint: 'Remove them, or the declaration.',
    position: { line: 1, column: 1, offset: 0 },
  } as const
  return { text: declaration.replace(/\S/g, ' ') + xml.slice(declaration.length), issues: [issue] }
}

/** Offset of the DOCTYPE in the prolog, if there is one. */
function findDoctype(xml: string): number | undefined {
  let at = xml.search(/[^\s\uFEFF]/)
  while (at !== -1) {
    const end = xml.startsWith('<?', at)
      ? xml.indexOf('?>', at)
      : xml.startsWith('<!--', at)
        ? xml.indexOf('-->', at)
        : undefined
    if (end === undefined) return xml.startsWith('<!DOCTYPE', at) ? at : undefined
    at = end === -1 ? -1 : xml.indexOf('<', end)
  }
  return undefined
}

/** The parser counts code points; the library counts UTF-16 units. */
function toUtf16(text: string, codePoints: number): number {
  let offset = 0
  for (let left = codePoints; left > 0 && offset < text.length; left--)
    offset += (text.codePointAt(offset) ?? 0) > 0xffff ? 2 : 1
  return offset
}

export { XmlElement }
