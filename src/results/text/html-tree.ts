/** The part of parse5's tree that text offsets need, shaped as the editor shows it. */

import { type DefaultTreeAdapterTypes, defaultTreeAdapter, html as names, parse, parseFragment } from 'parse5'

/** A text of the shown page. */
export interface HtmlText {
  readonly kind: 'text'
  readonly text: string
}

/** An element of the shown page; text nodes that follow each other are one. */
export interface HtmlElement {
  readonly kind: 'element'
  /** Lower-case. */
  readonly name: string
  readonly children: readonly (HtmlText | HtmlElement)[]
}

/**
 * The body of the page that the editor shows for some HTML: without comments, scripts and iframes, which it takes out.
 *
 * @param inline `inline="true"` on the tag: the HTML is put into a `<div>`, not into a page of its own
 */
export function parseHtml(html: string, inline: boolean): HtmlElement {
  if (inline) {
    const context = defaultTreeAdapter.createElement(names.TAG_NAMES.DIV, names.NS.HTML, [])
    return { kind: 'element', name: 'div', children: shownChildren(parseFragment(context, html, {})) }
  }
  // The editor takes the doctype out and shows the rest by `srcdoc`. Chromium then leaves tables inside paragraphs, as
  // parse5 does without a doctype; elsewhere xpaths through them fail and `globalOffsets` count.
  const page = parse(html.replace(/^\s*<!doctype[^>]*>/i, ''))
  const body = page.childNodes.flatMap(childrenOf).find((node) => node.nodeName === 'body')
  return { kind: 'element', name: 'body', children: body === undefined ? [] : shownChildren(body) }
}

type Node = DefaultTreeAdapterTypes.Node

function childrenOf(node: Node): readonly Node[] {
  return 'childNodes' in node ? node.childNodes : []
}

function shownChildren(node: Node): (HtmlText | HtmlElement)[] {
  const shown: (HtmlText | HtmlElement)[] = []
  for (const child of childrenOf(node)) {
    const before = shown.at(-1)
    if ('value' in child && child.nodeName === '#text') {
      if (before?.kind === 'text') shown.pop()
      shown.push({ kind: 'text', text: before?.kind === 'text' ? before.text + child.value : child.value })
    } else if ('tagName' in child && isKept(child)) {
      shown.push({ kind: 'element', name: child.tagName.toLowerCase(), children: shownChildren(child) })
    }
  }
  return shown
}

/** Hosts whose iframes the editor leaves in. */
const VIDEO_HOSTS = new Set([
  'www.youtube.com',
  'youtube.com',
  'www.youtube-nocookie.com',
  'youtube-nocookie.com',
  'youtu.be',
])

function isKept({ tagName, attrs }: DefaultTreeAdapterTypes.Element): boolean {
  if (tagName === 'script') return false
  if (tagName !== 'iframe') return true
  const src = attrs.find(({ name }) => name === 'src')?.value ?? ''
  const url = URL.canParse(src) ? new URL(src) : undefined
  return url?.protocol === 'https:' && VIDEO_HOSTS.has(url.hostname)
}
