import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createTextIndex, createTokenIndex } from '../../../src/results/text/index.js'

describe('createTokenIndex', () => {
  const text = createTextIndex('👍 Ada wrote')
  // As a tokenizer in Python gives them: characters, with empty special tokens around.
  const tokens = createTokenIndex(
    text,
    [
      [0, 0],
      [0, 1],
      [2, 4],
      [4, 5],
      [6, 11],
      [0, 0],
    ],
    'codePoint',
  )

  it('gives the stretch of tokens', () => {
    expect(tokens.tokens).toBe(6)
    expect(tokens.tokenSpan(1, 1)).toEqual({ start: 0, end: 2 })
    expect(tokens.tokenSpan(2, 3)).toEqual({ start: 3, end: 6 })
    expect(tokens.tokenSpan(0, 5)).toEqual({ start: 0, end: 12 })
    expect(tokens.tokenSpan(0, 0)).toBeUndefined()
    expect(tokens.tokenSpan(5, 5)).toBeUndefined()
  })

  it('gives the tokens of a stretch, also of a part of one', () => {
    expect(tokens.tokensAt(3, 6)).toEqual({ first: 2, last: 3 })
    expect(tokens.tokensAt(4, 8)).toEqual({ first: 2, last: 4 })
    expect(tokens.tokensAt(0, 1)).toEqual({ first: 1, last: 1 })
    expect(tokens.tokensAt(2, 3)).toBeUndefined()
    expect(tokens.tokensAt(5, 5)).toBeUndefined()
    expect(tokens.tokensAt(12, 12)).toBeUndefined()
  })

  it('lets tokens share a character', () => {
    const bytes = createTokenIndex(text, [
      [0, 2],
      [0, 2],
      [3, 6],
    ])
    expect(bytes.tokensAt(0, 2)).toEqual({ first: 0, last: 1 })
    expect(bytes.tokenSpan(1, 2)).toEqual({ start: 0, end: 6 })
  })

  it('refuses offsets that are of another text, and tokens that are not there', () => {
    const refused = expect.objectContaining({ code: 'offset-out-of-range' })
    expect(() => createTokenIndex(text, [[0, 13]])).toThrow(refused)
    expect(() => createTokenIndex(text, [[0, 12]], 'codePoint')).toThrow(refused)
    expect(() =>
      createTokenIndex(text, [
        [3, 6],
        [0, 2],
      ]),
    ).toThrow(refused)
    expect(() => createTokenIndex(text, [[4, 3]])).toThrow(refused)
    expect(() => tokens.tokenSpan(0, 6)).toThrow(refused)
    expect(() => tokens.tokenSpan(2, 1)).toThrow(refused)
  })

  it('finds any tokens again by their stretch', () => {
    const words = fc.array(fc.string({ unit: 'grapheme', minLength: 1 }), { minLength: 1, maxLength: 12 })
    fc.assert(
      fc.property(words, fc.nat(), fc.nat(), (parts, a, b) => {
        let end = 0
        const offsets = parts.map((part) => {
          const start = end
          end += [...part].length
          return [start, end] as const
        })
        const index = createTokenIndex(createTextIndex(parts.join('')), offsets, 'codePoint')
        const [one, other] = [a % parts.length, b % parts.length]
        const [first, last] = [Math.min(one, other), Math.max(one, other)]
        const span = index.tokenSpan(first, last) ?? { start: 0, end: 0 }
        expect(parts.join('').slice(span.start, span.end)).toBe(parts.slice(first, last + 1).join(''))
        expect(index.tokensAt(span.start, span.end)).toEqual({ first, last })
      }),
    )
  })
})
