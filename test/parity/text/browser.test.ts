/** The HTML index against a real browser, asked the way the editor walks a page: text nodes, and one for each `<br>`. */

import { existsSync } from 'node:fs'
import fc from 'fast-check'
import { type Browser, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createHtmlIndex } from '../../../src/results/text/index.js'

const executablePath = process.env.PRELABEL_CHROMIUM ?? '/usr/bin/chromium'
const hasBrowser = existsSync(executablePath)
if (!hasBrowser) console.info(`skipped: there is no browser at ${executablePath}; set PRELABEL_CHROMIUM`)

/** A text node as the browser has it. */
interface BrowserText {
  readonly path: string
  readonly text: string
  /** Code points before it. */
  readonly start: number
}

/**
 * Runs in the browser: puts HTML into a page of its own, or into a `<div>`, and lists its texts with their xpaths.
 * Doctype, comments and scripts are expected to be out already, as the editor's sanitizer takes them out first.
 */
const LIST_TEXTS = `async (html, inline) => {
  const root = document.createElement(inline ? 'div' : 'iframe')
  if (inline) root.innerHTML = html
  else root.srcdoc = html
  const loaded = inline ? undefined : new Promise((resolve) => root.addEventListener('load', resolve))
  document.body.replaceChildren(root)
  await loaded
  const texts = []
  let count = 0
  const walk = (node, path) => {
    const counts = {}
    for (const child of node.childNodes) {
      const step = child.nodeType === Node.TEXT_NODE ? 'text()' : child.nodeName.toLowerCase()
      counts[step] = (counts[step] ?? 0) + 1
      const childPath = path + '/' + step + '[' + counts[step] + ']'
      if (child.nodeType === Node.TEXT_NODE) {
        texts.push({ path: childPath, text: child.textContent, start: count })
        count += [...child.textContent].length
      } else if (child.nodeName === 'BR') {
        count += 1
      } else {
        walk(child, childPath)
      }
    }
  }
  walk(inline ? root : root.contentDocument.body, '')
  return texts
}`

const PAGES = [
  '<p>Hi <b>😀 you</b><br>there</p>\n<ul><li>a<li>b</ul>',
  '<html><head><title>T</title><style>a{}</style></head>\n<body class="x">\n<h1>é</h1>\r\ntext\r\n</body>\n</html>\n',
  '<table><tr><td>1<td>2</table><p>a<table><tr><td>b</table>',
  'plain &amp; simple &nbsp; text\r\nover lines<br/><br/>end',
  '<pre>\n\n keeps\tblanks \n</pre><textarea>\nx</textarea><p>a<p>b</p></p>c',
  '<svg><foreignObject><p>in</p></foreignObject><title>t</title></svg><template><p>unseen</p></template><math><mi>x</mi></math>',
  '<b><p>mis</b>nested</p><a href="#">one<a href="#">two</a>',
  '<noscript><p>no</p></noscript><style>b{}</style><tr><td>loose</td></tr><select><option>o</select>',
  '\n  <div>\n    <p>indented</p>\n  </div>\n',
]

describe.skipIf(!hasBrowser)('createHtmlIndex and a browser', () => {
  let browser: Browser
  let page: Page

  beforeAll(async () => {
    browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] })
    page = await browser.newPage()
    // The editor's own page is not in quirks mode.
    await page.setContent('<!DOCTYPE html><title>test</title>')
  })
  afterAll(() => browser.close())

  async function compare(html: string, inline: boolean): Promise<void> {
    const texts: BrowserText[] = await page.evaluate(`(${LIST_TEXTS})(${JSON.stringify(html)}, ${inline})`)
    const index = createHtmlIndex(html, { inline })
    for (const { path, text, start } of texts.filter(({ text }) => text.length > 0)) {
      const length = [...text].length
      const span = index.rangeToSpan({ start: path, end: path, startOffset: 0, endOffset: text.length })
      const where = JSON.stringify({ html, inline, path, text })
      expect(span, where).toEqual({ start: index.fromCodePoint(start), end: index.fromCodePoint(start + length) })
      if (span === undefined) continue
      expect(index.spanToRange(span.start, span.end), where).toMatchObject({
        start: path,
        end: path,
        startOffset: 0,
        endOffset: text.length,
        globalOffsets: { start, end: start + length },
      })
      const own = index.text.slice(span.start, span.end)
      expect(own.trim() === '' ? own.length : own, where).toEqual(own.trim() === '' ? text.length : text)
    }
    const last = texts.at(-1)
    const end = last === undefined ? 0 : last.start + [...last.text].length
    expect([...index.text.replace(/\n*$/, '')].length, html).toBeLessThanOrEqual(end)
  }

  it.each(PAGES)('agree on %j', async (html) => {
    await compare(html, false)
    await compare(html, true)
  })

  it('agree on pages put together at random', async () => {
    const piece = fc.constantFrom(
      ...[
        '<p>',
        '</p>',
        '<b>',
        '</b>',
        '<br>',
        '<li>',
        '<ul>',
        '</ul>',
        '<td>',
        '<table>',
        '</table>',
        '<tr>',
        '<div>',
        '</div>',
      ],
      ...[
        'word',
        ' ',
        '😀',
        '\r\n',
        '&nbsp;',
        '&lt;',
        '<h1>',
        '<a href=x>',
        '</a>',
        '<i>',
        '</i>',
        '<style>x</style>',
        '<pre>',
      ],
    )
    const html = fc.array(piece, { minLength: 1, maxLength: 25 }).map((pieces) => pieces.join(''))
    await fc.assert(
      fc.asyncProperty(html, fc.boolean(), (html, inline) => compare(html, inline)),
      { numRuns: 150 },
    )
  })
})
