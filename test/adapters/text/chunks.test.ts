import { expect, test } from 'vitest'
import { chunkCutter } from '../../../src/adapters/text/align/chunks.js'
import { tokenizerSpec } from '../../../src/adapters/text/align/tokenizer-spec.js'

const model = { type: 'WordPiece' }
const bert = { normalizer: { type: 'BertNormalizer' }, pre_tokenizer: { type: 'BertPreTokenizer' }, model }
const mask = { id: 4, content: '[MASK]', lstrip: true }

test('a text is cut at single spaces between printable signs, and nothing is lost', () => {
  const text = 'Dr. Smith  met\u00a0Zoë -- in\tRome\u0301 on 漢字 or 😀 there. '
  const chunks = chunkCutter(tokenizerSpec.parse({ ...bert, added_tokens: [mask] }))?.(text)
  expect(chunks).toEqual(['Dr.', ' Smith  met\u00a0Zoë --', ' in\tRome\u0301 on 漢字 or 😀 there. '])
  expect(chunks?.join('')).toBe(text)
})

test.each([
  ['a normalizer that looks at neighbours', { ...bert, normalizer: { type: 'Strip' } }],
  ['pieces that know where the text begins', { ...bert, normalizer: null, pre_tokenizer: { type: 'Metaspace' } }],
  ['an added token that takes the space behind it', { ...bert, added_tokens: [{ ...mask, rstrip: true }] }],
  ['an added token of two words', { ...bert, added_tokens: [{ ...mask, content: 'New York' }] }],
])('with %s it is not', (_, spec) => {
  expect(chunkCutter(tokenizerSpec.parse(spec))).toBeUndefined()
})
