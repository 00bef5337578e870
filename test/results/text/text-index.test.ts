import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createTextIndex } from '../../../src/results/text/index.js'

/** Any UTF-16 at all: astral characters, lone surrogates, CRLF, combining marks. */
const anyText = fc
  .array(
    fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom('\r\n', '😀', '👩‍👩‍👧', 'é', '\ud83d', '\ude00', '漢字'),
      fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit)),
    ),
    { maxLength: 60 },
  )
  .map((parts) => parts.join(''))

const encoder = new TextEncoder()

describe('createTextIndex', () => {
  it('counts code points as the string iterator does, at every offset', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const index = createTextIndex(text)
        expect(index.codePoints).toBe([...text].length)
        for (let offset = 0; offset <= text.length; offset++) {
          expect(index.toCodePoint(offset)).toBe([...text.slice(0, offset)].length)
        }
      }),
    )
  })

  it('goes back from code points to the start of that character', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const index = createTextIndex(text)
        let offset = 0
        for (const [codePoint, character] of [...text].entries()) {
          expect(index.fromCodePoint(codePoint)).toBe(offset)
          expect(index.sliceCodePoints(codePoint, codePoint + 1)).toBe(character)
          offset += character.length
        }
        expect(index.fromCodePoint(index.codePoints)).toBe(text.length)
      }),
    )
  })

  it('counts bytes as TextEncoder does, both ways', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const index = createTextIndex(text)
        expect(index.bytes).toBe(encoder.encode(text).length)
        let offset = 0
        for (const character of text) {
          const byte = encoder.encode(text.slice(0, offset)).length
          expect(index.toByte(offset)).toBe(byte)
          for (let inside = 0; inside < encoder.encode(character).length; inside++) {
            expect(index.fromByte(byte + inside)).toBe(offset)
          }
          offset += character.length
        }
      }),
    )
  })

  it('counts CRLF as two characters and a family emoji as its code points', () => {
    const index = createTextIndex('a\r\nb👩‍👩‍👧c')
    expect(index.toCodePoint(3)).toBe(3)
    expect(index.codePoints).toBe(10)
    expect(index.sliceCodePoints(9, 10)).toBe('c')
  })

  it('is right across many marks of a long text', () => {
    const text = 'aé漢😀'.repeat(5000)
    const index = createTextIndex(text)
    expect(index.toCodePoint(5 * 4321)).toBe(4 * 4321)
    expect(index.fromCodePoint(4 * 4321 + 3)).toBe(5 * 4321 + 3)
    expect(index.fromByte(10 * 4999)).toBe(5 * 4999)
  })

  it('refuses an offset that is not in the text', () => {
    const index = createTextIndex('ab')
    for (const wrong of [-1, 3, 0.5, Number.NaN]) {
      expect(() => index.toCodePoint(wrong)).toThrow(expect.objectContaining({ code: 'offset-out-of-range' }))
    }
    expect(() => index.sliceCodePoints(0, 3)).toThrow(expect.objectContaining({ code: 'offset-out-of-range' }))
  })
})

describe('findQuote', () => {
  it('finds the n-th place, without overlaps', () => {
    const index = createTextIndex('😀 aaa b aaa')
    expect(index.findQuote('aaa')).toEqual({ start: 3, end: 6 })
    expect(index.findQuote('aaa', 1)).toEqual({ start: 9, end: 12 })
    expect(index.findQuote('aa', 1)).toEqual({ start: 9, end: 11 })
    expect(index.findQuote('aaa', 2)).toBeUndefined()
    expect(index.findQuote('')).toBeUndefined()
  })

  it('does not cut a character in two', () => {
    const index = createTextIndex('😀\ud83d x \ude00')
    expect(index.findQuote('\ud83d')).toEqual({ start: 2, end: 3 })
    expect(index.findQuote('\ude00')).toEqual({ start: 6, end: 7 })
  })
})
