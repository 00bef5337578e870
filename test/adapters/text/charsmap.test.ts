import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { readCharsmap } from '../../../src/adapters/text/align/charsmap.js'

const fixture = z.object({
  tokenizer: z.object({
    normalizer: z.object({ normalizers: z.tuple([z.object({ precompiled_charsmap: z.string() }), z.unknown()]) }),
  }),
})

test('a table says what a stretch becomes, by the shortest prefix that it has', () => {
  const file = fixture.parse(JSON.parse(readFileSync('test/fixtures/tokenizers/unigram-precompiled.json', 'utf8')))
  const become = readCharsmap(file.tokenizer.normalizer.normalizers[0].precompiled_charsmap)
  const words = ['\ufb01', '\u337f', 'e\u0301', 'e\u0302', '\u200b', 'ﾊﾟ', 'x', '', '\u0000']
  expect(words.map(become)).toEqual(['fi', '株式会社', 'é', undefined, '', 'ハ', undefined, undefined, undefined])
})

test.each(['', 'AAAA', '????', 'AQAAAAAA', '/////w=='])('%j is no table', (base64) => {
  expect(() => readCharsmap(base64)).toThrow(expect.objectContaining({ code: 'tokenizer-not-supported' }))
})
