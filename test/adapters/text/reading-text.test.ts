import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readingText } from '../../../src/adapters/text/reading-text.js'
import { createHtmlIndex } from '../../../src/results/text/index.js'

const read = (html: string) => {
  const { text, borders } = createHtmlIndex(html)
  return readingText(text, borders)
}

test.each([
  ['<p>Oslo</p><p>Bergen</p>', 'Oslo\nBergen'],
  ['<p>one <b>bold</b>er</p> <p>two</p>', 'one bolder two'],
  ['<ul><li>a</li><li>b<ul><li>c</ul></ul>d', 'a\nb\nc\nd'],
  ['<table><tr><td>1</td><td></td><td>2</td></tr></table>', '1\n2'],
  ['a<br>b<div>\n c </div>d', 'a\nb\n c d'],
  ['plain <i>text</i>', 'plain text'],
])('%s is read as %j', (html, text) => {
  expect(read(html).text).toBe(text)
})

test('a stretch over a border is in pieces, and one inside of a block is whole', () => {
  const { placesOf } = read('<p>Anna</p><p>Meyer lives</p>')
  expect(placesOf(0, 4)).toEqual([{ start: 0, end: 4 }])
  expect(placesOf(5, 10)).toEqual([{ start: 4, end: 9 }])
  expect(placesOf(0, 10)).toEqual([
    { start: 0, end: 4 },
    { start: 4, end: 9 },
  ])
})

test('a stretch of the original is found in what is read, borders and all', () => {
  const { text, rangeOf } = read('<p>Anna</p><p>Meyer lives</p>')
  const shown = (start: number, end: number) => text.slice(rangeOf(start, end).start, rangeOf(start, end).end)
  expect([shown(0, 4), shown(4, 9), shown(2, 9)]).toEqual(['Anna', 'Meyer', 'na\nMeyer'])
})

test('every stretch is the same signs in the original, white space aside', () => {
  const block = fc.constantFrom('p', 'li', 'td', 'b', 'div', 'br')
  const html = fc
    .array(fc.tuple(block, fc.constantFrom('a', '😀', ' ', 'b c', '\r\n', '', ' e\u0301')), { maxLength: 12 })
    .map((parts) => parts.map(([name, text]) => `<${name}>${text}</${name}>`).join(''))
  fc.assert(
    fc.property(html, fc.nat(40), fc.nat(40), (source, from, length) => {
      const { text, borders } = createHtmlIndex(source)
      const reading = readingText(text, borders)
      const places = reading.placesOf(from, from + length)
      const bare = (signs: string) => signs.replace(/\s/g, '')
      const found = places.map(({ start, end }) => text.slice(start, end)).join('')
      expect(bare(found)).toBe(bare(reading.text.slice(from, from + length)))
      for (const { start, end } of places)
        expect(borders.filter((border) => border > start && border < end)).toEqual([])
    }),
  )
})
