/**
 * The text of a `<HyperText>`, counted as Label Studio 1.23 counts it: every character of every text node of the page,
 * white space between tags included, and one for each `<br>`.
 */

import { HTML_BLOCKS } from './html-blocks.js'
import { type HtmlElement, parseHtml } from './html-tree.js'
import { createTextIndex, type TextIndex, type TextRange } from './text-index.js'

/** The geometry of a `hypertextlabels` value. */
export interface HtmlRange {
  /** XPath of the text node below the page's body: `/div[1]/p[1]/text()[1]`. */
  readonly start: string
  readonly end: string
  /** UTF-16 units into the text node `start`. */
  readonly startOffset: number
  /** UTF-16 units into the text node `end`, exclusive. */
  readonly endOffset: number
  /** Code points into the whole text, end exclusive. */
  readonly globalOffsets: TextRange
}

/** What a result may hold in place of a whole {@link HtmlRange}. */
export interface LooseHtmlRange {
  readonly start: string | number
  readonly end: string | number
  readonly startOffset?: number | undefined
  readonly endOffset?: number | undefined
  readonly globalOffsets?: TextRange | undefined
}

export interface HtmlIndex extends TextIndex {
  /** Offsets in `text`, inside of it and rising, at which a block (paragraph, list item, table cell, …) begins or ends. */
  readonly borders: readonly number[]
  /**
   * Offsets in `text` (UTF-16 units, end exclusive) → xpaths. A `<br>` at either end is left out, since it lies in no
   * text node; undefined when no character is left.
   *
   * @throws PrelabelError `offset-out-of-range`
   */
  spanToRange(start: number, end: number): HtmlRange | undefined
  /**
   * Xpaths → offsets in `text`, as the editor finds them: by xpath, else by `globalOffsets`; plain numbers in `start`
   * and `end` count code points. Undefined when the page has no such place.
   */
  rangeToSpan(range: LooseHtmlRange): TextRange | undefined
}

export interface HtmlIndexOptions {
  /** `inline="true"` on the tag. @default false */
  readonly inline?: boolean
}

/** Elements whose text is on no screen; it counts, but reads as blanks. */
const UNSEEN = new Set(['style', 'noscript', 'title', 'datalist'])

/**
 * Renders HTML to the text that annotators see and indexes it. `<br>` is `\n` in the text, and text that is never shown
 * (style sheets) is blanks of the same length, so that every offset is the editor's.
 */
export function createHtmlIndex(html: string, { inline = false }: HtmlIndexOptions = {}): HtmlIndex {
  const layout = layOut(parseHtml(html, inline))
  const index = createTextIndex(layout.text)
  const { blocks, starts } = layout
  const at = (offset: number, block: Block) => offset - block.start

  return {
    ...index,
    borders: layout.borders,
    spanToRange(start, end) {
      const first = blocks.find((block) => block.end > start)
      const last = blocks.findLast((block) => block.start < end)
      if (first === undefined || last === undefined) return undefined
      const from = Math.max(wholeOffset(index, start), first.start)
      const to = Math.min(wholeOffset(index, end), last.end)
      if (from >= to) return undefined
      return {
        start: first.path,
        end: last.path,
        startOffset: at(from, first),
        endOffset: at(to, last),
        globalOffsets: { start: index.toCodePoint(from), end: index.toCodePoint(to) },
      }
    },
    rangeToSpan({ start, end, startOffset, endOffset, globalOffsets }) {
      if (startOffset === undefined || endOffset === undefined) return spanOf(index, Number(start), Number(end))
      const from = offsetAt(blocks, starts, String(start), startOffset)
      const to = offsetAt(blocks, starts, String(end), endOffset)
      if (from !== undefined && to !== undefined && from < to) return { start: from, end: to }
      return globalOffsets === undefined ? undefined : spanOf(index, globalOffsets.start, globalOffsets.end)
    },
  }
}

/** A text node: its xpath and where it is in the text, in UTF-16 units. */
interface Block extends TextRange {
  readonly path: string
}

interface Layout {
  readonly text: string
  readonly blocks: readonly Block[]
  /** Where each element begins in the text, by xpath. */
  readonly starts: ReadonlyMap<string, number>
  readonly borders: readonly number[]
}

function layOut(root: HtmlElement): Layout {
  const parts: string[] = []
  const blocks: Block[] = []
  const starts = new Map<string, number>()
  const borders = new Set<number>()
  let length = 0
  const add = (text: string) => {
    parts.push(text)
    length += text.length
  }
  const walk = (element: HtmlElement, path: string, seen: boolean) => {
    const counts = new Map<string, number>()
    for (const child of element.children) {
      const step = child.kind === 'text' ? 'text()' : child.name
      const count = (counts.get(step) ?? 0) + 1
      counts.set(step, count)
      const childPath = `${path}/${step}[${count}]`
      if (child.kind === 'text') {
        blocks.push({ path: childPath, start: length, end: length + child.text.length })
        add(seen ? child.text : blanked(child.text))
      } else if (child.name === 'br') {
        add('\n')
      } else {
        starts.set(childPath, length)
        if (HTML_BLOCKS.has(child.name)) borders.add(length)
        walk(child, childPath, seen && !UNSEEN.has(child.name))
        if (HTML_BLOCKS.has(child.name)) borders.add(length)
      }
    }
  }
  walk(root, '', true)
  const inside = [...borders].filter((border) => border > 0 && border < length)
  return { text: parts.join(''), blocks, starts, borders: inside }
}

/** Where in the text an xpath and an offset below it point; for an element, at its first text. */
function offsetAt(
  blocks: readonly Block[],
  starts: ReadonlyMap<string, number>,
  path: string,
  offset: number,
): number | undefined {
  const elementStart = starts.get(path)
  const block = blocks.find((block) => (elementStart === undefined ? block.path === path : block.end > elementStart))
  if (block === undefined || !(offset >= 0 && block.start + offset <= block.end)) return undefined
  return block.start + offset
}

/** The offset, or the end of the character that it would cut. */
function wholeOffset(index: TextIndex, offset: number): number {
  return index.fromCodePoint(index.toCodePoint(offset))
}

function spanOf(index: TextIndex, start: number, end: number): TextRange | undefined {
  const whole = Number.isInteger(start) && Number.isInteger(end)
  if (!whole || start < 0 || start >= end || end > index.codePoints) return undefined
  return { start: index.fromCodePoint(start), end: index.fromCodePoint(end) }
}

/** Blanks of the same length in units and in code points, save astral characters, which stay. */
function blanked(text: string): string {
  return text.replace(/[^\s\ud800-\udfff]/g, ' ')
}
