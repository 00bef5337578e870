import { readdirSync, readFileSync } from 'node:fs'
import * as transformers from '@huggingface/transformers'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { alignText, sourceOf, textOf } from '../../../src/adapters/text/align/aligned-text.js'
import { toUnicodeForm } from '../../../src/adapters/text/align/unicode-forms.js'
import { createAlignedTokenizer } from '../../../src/adapters/text/tokenizer.js'

const awkward = fc.constantFrom(
  'é',
  'e\u0301',
  '👩‍👩‍👧',
  '🏴󠁧󠁢󠁥󠁮󠁧󠁿',
  '漢',
  '각',
  '\u1112\u1161\u11ab',
  'ﬁ',
  '\u200b',
  ' ',
  '  ',
  '\r\n',
  'ß',
  'İ',
  '▁',
  '𝒥',
  '½',
)
const letters = fc.constantFrom('a', 'B', 'the', 'Smith', '.', ',', "'", '-', '1', '42')
const words = fc.oneof(awkward, letters, fc.string({ unit: 'binary', maxLength: 4 }))
const unicode = fc.array(words, { maxLength: 24 }).map((parts) => parts.join(''))

const file = z.object({ tokenizer: z.looseObject({}) })
const KINDS = readdirSync('test/fixtures/tokenizers')

describe.each(KINDS)('with the tokenizer %s, on any Unicode', (kind) => {
  const { tokenizer: json } = file.parse(JSON.parse(readFileSync(`test/fixtures/tokenizers/${kind}`, 'utf8')))
  const tokenizer = createAlignedTokenizer(transformers, json, { unk_token: '<unk>' })

  test('places are in the text, never run backwards, and cut no character in two', () => {
    fc.assert(
      fc.property(unicode, (text) => {
        let last = 0
        for (const { start, end } of tokenizer.tokenize(text)) {
          expect(start).toBeLessThanOrEqual(end)
          expect(end).toBeLessThanOrEqual(text.length)
          expect(end).toBeGreaterThanOrEqual(last)
          expect(splitsPair(text, start) || splitsPair(text, end)).toBe(false)
          last = Math.max(last, start)
        }
      }),
      { numRuns: 60 },
    )
  })

  test('what prints is covered: letters and digits between tokens are none', () => {
    fc.assert(
      fc.property(fc.array(letters, { maxLength: 12 }), (parts) => {
        const text = parts.join(' ')
        const covered = new Set<number>()
        for (const { start, end } of tokenizer.tokenize(text)) for (let at = start; at < end; at++) covered.add(at)
        const bare = Array.from(text).filter((char, at) => char !== ' ' && !covered.has(at))
        expect(bare).toEqual([])
      }),
      { numRuns: 40 },
    )
  })
})

describe.each(['NFC', 'NFD', 'NFKC', 'NFKD'] as const)('%s', (form) => {
  test('writes what String.normalize writes', () => {
    fc.assert(
      fc.property(unicode, (text) => {
        expect(textOf(toUnicodeForm(alignText(text), form))).toBe(text.normalize(form))
      }),
      { numRuns: 200 },
    )
  })

  test('keeps every result at characters it came from', () => {
    fc.assert(
      fc.property(unicode, (text) => {
        for (const char of toUnicodeForm(alignText(text), form)) {
          const { start, end } = sourceOf([char])
          expect(text.slice(start, end).normalize(form)).toContain(char.char)
        }
      }),
      { numRuns: 200 },
    )
  })
})

function splitsPair(text: string, at: number): boolean {
  return /^[\uD800-\uDBFF][\uDC00-\uDFFF]$/.test(text.slice(at - 1, at + 1)) && at > 0
}
