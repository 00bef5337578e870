import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createHtmlIndex, type HtmlIndexOptions } from '../../../src/results/text/index.js'

function rangeOf(html: string, quote: string, options?: HtmlIndexOptions) {
  const index = createHtmlIndex(html, options)
  const span = index.findQuote(quote)
  return span && index.spanToRange(span.start, span.end)
}

describe('createHtmlIndex', () => {
  it('keeps every character of every text node and counts <br> as one', () => {
    expect(createHtmlIndex('<div>\n  <p>Hi&amp;<b>you</b><br>there</p>\n</div>').text).toBe('\n  Hi&you\nthere\n')
  })

  it('drops comments and scripts and joins the text around them', () => {
    expect(rangeOf('<p>a<!-- x -->b<script>1</script>c</p>', 'bc')).toEqual({
      start: '/p[1]/text()[1]',
      end: '/p[1]/text()[1]',
      startOffset: 1,
      endOffset: 3,
      globalOffsets: { start: 1, end: 3 },
    })
  })

  it('writes offsets of a node in UTF-16 units and those of the page in code points', () => {
    expect(rangeOf('<p>😀</p><p>😀 x</p>', 'x')).toMatchObject({
      start: '/p[2]/text()[1]',
      startOffset: 3,
      endOffset: 4,
      globalOffsets: { start: 3, end: 4 },
    })
  })

  it('numbers texts and elements each by their own kind', () => {
    expect(rangeOf('one <b>two</b> three <b>four <i>five</i> six</b>', 'six')?.start).toBe('/b[2]/text()[2]')
    expect(rangeOf('one <b>two</b> three', 'three')?.start).toBe('/text()[2]')
  })

  it('reads tables, lists and stray tags as a browser does', () => {
    expect(rangeOf('<table><tr><td>cell</td></tr></table>', 'cell')?.start).toBe(
      '/table[1]/tbody[1]/tr[1]/td[1]/text()[1]',
    )
    expect(rangeOf('<ul><li>a<li>b</ul>', 'b')?.start).toBe('/ul[1]/li[2]/text()[1]')
    expect(rangeOf('<p>a<p>b', 'b')?.start).toBe('/p[2]/text()[1]')
    const table = '<!DOCTYPE html><p>a<table><tr><td>b</table>'
    expect(rangeOf(table, 'b')?.start).toBe('/p[1]/table[1]/tbody[1]/tr[1]/td[1]/text()[1]')
    expect(rangeOf(table, 'b', { inline: true })?.start).toBe('/table[1]/tbody[1]/tr[1]/td[1]/text()[1]')
  })

  it('tells a page of its own from HTML inside the editor', () => {
    const html = '<html><head><style>x</style><title>T</title></head><body class="b"><p>text</p></body></html>'
    expect(createHtmlIndex(html).text).toBe('text')
    expect(createHtmlIndex(html, { inline: true }).text).toBe('  text')
    expect(createHtmlIndex('\n <p>text</p>').text).toBe('text')
    expect(createHtmlIndex('\n <p>text</p>', { inline: true }).text).toBe('\n text')
  })

  it('counts style sheets in the body but blanks them', () => {
    expect(createHtmlIndex('<p>a</p><style>b { }</style>c').text).toBe('a     c')
  })

  it('leaves <br> at either end out of a range', () => {
    const index = createHtmlIndex('<p>a<br>b<br>c</p>')
    expect(index.text).toBe('a\nb\nc')
    expect(index.spanToRange(1, 4)).toMatchObject({ startOffset: 0, endOffset: 1, globalOffsets: { start: 2, end: 3 } })
    expect(index.spanToRange(1, 2)).toBeUndefined()
    expect(() => index.spanToRange(0, 6)).toThrow(expect.objectContaining({ code: 'offset-out-of-range' }))
  })

  it('finds every span again by its xpaths, and by its global offsets alone', () => {
    const piece = fc.constantFrom(
      '<p>',
      '</p>',
      '<b>',
      '</b>',
      '<br>',
      'word',
      ' ',
      '😀',
      '\r\n',
      '<!--c-->',
      '&nbsp;',
      '<li>',
      '<td>',
    )
    const html = fc.array(piece, { minLength: 1, maxLength: 30 }).map((pieces) => pieces.join(''))
    fc.assert(
      fc.property(html, fc.nat(), fc.nat(), fc.boolean(), (html, a, b, inline) => {
        const index = createHtmlIndex(html, { inline })
        const whole = (any: number) => index.fromCodePoint(any % (index.codePoints + 1))
        const [start, end] = [whole(a), whole(b)].sort((x, y) => x - y)
        fc.pre(start !== undefined && end !== undefined && start < end)
        const range = index.spanToRange(start, end)
        if (range === undefined) {
          expect(index.text.slice(start, end)).toMatch(/^\n*$/)
          return
        }
        const span = index.rangeToSpan(range)
        const { start: from, end: to } = range.globalOffsets
        expect(span).toEqual(index.rangeToSpan({ ...range, start: '/nowhere[1]' }))
        expect(span && index.text.slice(span.start, span.end)).toBe([...index.text].slice(from, to).join(''))
        // Only line breaks at the ends may be gone.
        expect(index.text.slice(start, end).split('\n').join('')).toBe(
          span && index.text.slice(span.start, span.end).split('\n').join(''),
        )
      }),
    )
  })
})

describe('rangeToSpan', () => {
  const index = createHtmlIndex('<div><p>Hello</p><p>world</p></div>')

  it('takes plain numbers and xpaths of elements', () => {
    expect(index.rangeToSpan({ start: '2', end: 7 })).toEqual({ start: 2, end: 7 })
    expect(index.rangeToSpan({ start: '/div[1]/p[2]', end: '/div[1]/p[2]', startOffset: 0, endOffset: 5 })).toEqual({
      start: 5,
      end: 10,
    })
  })

  it('answers nothing for a place that is not there', () => {
    expect(index.rangeToSpan({ start: 0, end: 99 })).toBeUndefined()
    expect(
      index.rangeToSpan({ start: '/p[1]/text()[1]', end: '/p[1]/text()[1]', startOffset: 0, endOffset: 1 }),
    ).toBeUndefined()
  })
})
